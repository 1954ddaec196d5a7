import { judge } from "./judged.js";

judge(3);
