import { judge } from "./judged.js";

judge(4);
