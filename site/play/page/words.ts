/** Commands that derivations are written with, without the backslash. */
export const commands: readonly string[] = (
	"alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega " +
	"Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega " +
	"frac dfrac tfrac sqrt sum prod int log exp ln min max arg Pr det dim " +
	"mathbb mathcal mathrm mathbf mathsf boldsymbol operatorname text " +
	"mid sim propto leq geq neq approx equiv triangleq implies iff Rightarrow rightarrow to in forall infty partial nabla cdot times " +
	"left right big Big bigg Bigg langle rangle lVert rVert lvert rvert Vert vert lbrace rbrace " +
	"hat tilde bar vec dot underbrace overbrace top intercal dots ldots cdots quad qquad label ref eqref tag notag " +
	"begin end newcommand stackrel overset underset binom"
).split(" ");

/** The passages of a sheet. */
export const passages = [
	{ name: "model", detail: "the joint density, by ∼" },
	{ name: "family", detail: "the factors of q" },
	{ name: "derivation", detail: "checked line by line" },
	{ name: "updates", detail: "closed forms, certified" },
	{ name: "exercise", detail: "checked" },
	{ name: "solution", detail: "checked" },
	{ name: "aside", detail: "shown, not checked" },
] as const;
