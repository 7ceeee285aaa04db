namespace InitDsl;

/// <summary>
/// The words of the language: <c>using static InitDsl.Dsl;</c> in C#, <c>open type InitDsl.Dsl</c> in F#.
/// Selectors say which parameters, initializers how they start; every initializer has the static type
/// <see cref="Init"/>.
/// </summary>
public static partial class Dsl
{
    /// <summary>Every parameter of the model.</summary>
    public static Selector All { get; } = new AllSelector();

    /// <summary>Zeros everywhere.</summary>
    public static Init Zeros { get; } = new LawInit(new ConstantLaw(0), Term.Of("Zeros"));

    /// <summary>Ones everywhere.</summary>
    public static Init Ones { get; } = new LawInit(new ConstantLaw(1), Term.Of("Ones"));

    /// <summary>Glorot and Bengio's own: <see cref="XavierUniform"/>.</summary>
    public static Init Xavier { get; } = Scaled(Term.Of("Xavier"), 1, FanMode.FanAverage, Distribution.Uniform);

    /// <summary>
    /// U(−b, b) with b = gain·√(6/(fan-in + fan-out)), gain 1. Source: Glorot and Bengio 2010, "Understanding the
    /// difficulty of training deep feedforward neural networks".
    /// </summary>
    public static Init XavierUniform { get; } = Scaled(Term.Of("XavierUniform"), 1, FanMode.FanAverage, Distribution.Uniform);

    /// <summary>N(0, σ²) with σ = gain·√(2/(fan-in + fan-out)), gain 1; not truncated. Source: Glorot and Bengio 2010.</summary>
    public static Init XavierNormal { get; } = Scaled(Term.Of("XavierNormal"), 1, FanMode.FanAverage, Distribution.Normal);

    /// <summary>He et al.'s own: <see cref="KaimingNormal"/>.</summary>
    public static Init Kaiming { get; } = Scaled(Term.Of("Kaiming"), Math.Sqrt(2), FanMode.FanIn, Distribution.Normal);

    /// <summary>
    /// N(0, σ²) with σ = gain/√fan-in, gain √2 for ReLU; not truncated. Source: He et al. 2015, "Delving deep into
    /// rectifiers".
    /// </summary>
    public static Init KaimingNormal { get; } = Scaled(Term.Of("KaimingNormal"), Math.Sqrt(2), FanMode.FanIn, Distribution.Normal);

    /// <summary>U(−b, b) with b = gain·√(3/fan-in), gain √2 for ReLU. Source: He et al. 2015.</summary>
    public static Init KaimingUniform { get; } = Scaled(Term.Of("KaimingUniform"), Math.Sqrt(2), FanMode.FanIn, Distribution.Uniform);

    /// <summary>
    /// N(0, 1/fan-in); not truncated (JAX's and Keras's <c>lecun_normal</c> are: write
    /// <see cref="LeCunTruncated"/>). Source: LeCun et al. 1998,
    /// "Efficient BackProp"; Klambauer et al. 2017 for SELU.
    /// </summary>
    public static Init LeCunNormal { get; } = Scaled(Term.Of("LeCunNormal"), 1, FanMode.FanIn, Distribution.Normal);

    /// <summary>U(−b, b) with b = √(3/fan-in). Source: LeCun et al. 1998.</summary>
    public static Init LeCunUniform { get; } = Scaled(Term.Of("LeCunUniform"), 1, FanMode.FanIn, Distribution.Uniform);

    /// <summary>
    /// The identity matrix, cut or padded with zeros to the parameter's two dimensions. IRNN's recurrent weight
    /// (Le, Jaitly, Hinton 2015).
    /// </summary>
    public static Init Eye { get; } = new EyeInit();

    /// <summary>
    /// What PyTorch's own constructor gives that layer (torch/nn/modules): the same law, not the same draw, and
    /// right where TorchSharp's constructor is not (GroupNorm, the layers of an encoder).
    /// </summary>
    public static Init TorchDefault { get; } = new TorchDefaultInit();

    /// <summary>
    /// Whatever keeps variance through the activation that follows the layer, where it can be seen (in a
    /// <c>Sequential</c>): <see cref="Kaiming"/> for ReLU, <see cref="Xavier"/> for tanh and sigmoid,
    /// <see cref="LeCunNormal"/> for SELU, <c>Kaiming.For(activation)</c> for all others. Where none can be seen it is
    /// <see cref="LeCunNormal"/>, the linear gain, and the plan says so (INIT202). Zeros for biases, ones for norms.
    /// <c>Auto.For(activation)</c> tells what follows.
    /// </summary>
    /// <remarks>
    /// Xavier has gain 1 here, as Glorot and Bengio 2010 use it, not PyTorch's 5/3. A normalization between the layer
    /// and its activation is passed over: it rescales, so that the gain is moot forwards and as usual backwards. The
    /// gates of LSTM and GRU are sigmoids and tanhs: Xavier, with the fans of one gate. Embeddings have no inputs to
    /// keep the variance of, and are refused.
    /// </remarks>
    public static Init Auto { get; } = new AutoInit();

    /// <summary>Parameters of modules of a CLR type, subclasses included.</summary>
    /// <typeparam name="T">The module type, as <c>Linear</c>.</typeparam>
    public static Selector When<T>() => new TypeSelector([ModuleTypeName.Of(typeof(T))]);

    /// <summary>Parameters of modules of either type, subclasses included.</summary>
    /// <typeparam name="T1">A module type.</typeparam>
    /// <typeparam name="T2">Another.</typeparam>
    public static Selector When<T1, T2>() => When(typeof(T1), typeof(T2));

    /// <summary>Parameters of modules of any of the types, subclasses included.</summary>
    /// <typeparam name="T1">A module type.</typeparam>
    /// <typeparam name="T2">Another.</typeparam>
    /// <typeparam name="T3">Another.</typeparam>
    public static Selector When<T1, T2, T3>() => When(typeof(T1), typeof(T2), typeof(T3));

    /// <summary>Parameters of modules of any of the types, subclasses included.</summary>
    /// <param name="types">At least one module type.</param>
    /// <exception cref="ArgumentException">No type is given, or a null one.</exception>
    public static Selector When(params Type[] types)
    {
        ArgumentNullException.ThrowIfNull(types);
        return types.Length == 0 || types.Contains(null!)
            ? throw new ArgumentException("When needs at least one module type, and none of them null.", nameof(types))
            : new TypeSelector([.. types.Select(ModuleTypeName.Of)]);
    }

    /// <summary>
    /// Parameters of modules of a CLR type that satisfy a predicate over the module object:
    /// <c>When&lt;Conv2d&gt;(c => c.groups > 1)</c>.
    /// </summary>
    /// <typeparam name="T">The module type, subclasses included.</typeparam>
    /// <param name="predicate">Looks at the module's hyper-parameters.</param>
    public static Selector When<T>(Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new ModuleSelector<T>(predicate);
    }

    /// <summary>
    /// Parameters of modules whose dotted path matches a pattern: <c>Named("*.c_proj")</c>. Inside modules that
    /// show no children (multi-head attention, transformers) the parameters' own paths are matched too.
    /// </summary>
    /// <param name="pattern"><c>*</c> any text, dots included; <c>?</c> one character; <c>[abc]</c>, <c>[!abc]</c>, <c>{a,b}</c>.</param>
    /// <exception cref="ArgumentException">A bracket or brace is not closed.</exception>
    public static Selector Named(string pattern) => new NamedSelector(pattern);

    /// <summary>Parameters that satisfy a predicate.</summary>
    /// <param name="predicate">Looks at path, type, role, shape, fans, ….</param>
    public static Selector Where(Func<ParamSpec, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new WhereSelector(predicate);
    }

    /// <summary>Parameters at or beneath the modules whose dotted path matches a pattern.</summary>
    /// <param name="scope">A pattern, as <see cref="Named"/> takes it.</param>
    /// <exception cref="ArgumentException">A bracket or brace is not closed.</exception>
    public static Selector In(string scope) => new ScopeSelector(scope);

    /// <summary>One number everywhere.</summary>
    /// <param name="value">A finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static Init Const(double value) => new LawInit(new ConstantLaw(Guard.Finite(value)), Term.Call(nameof(Const), value));

    /// <summary>U(low, high).</summary>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound, not below the lower.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or high is below low.</exception>
    public static Init Uniform(double low, double high)
    {
        new ArgumentChecks().Finite(low).Finite(high).NotBelow(high, low).Throw();
        return new LawInit(new UniformLaw(low, high), Term.Call(nameof(Uniform), low, high));
    }

    /// <summary>N(mean, std²), not truncated.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation, not the variance.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or std is negative.</exception>
    public static Init Normal(double mean = 0, double std = 1)
    {
        new ArgumentChecks().Finite(mean).NotNegative(std).Throw();
        return new LawInit(new NormalLaw(mean, std), Term.Call(nameof(Normal), mean, std));
    }

    /// <summary>
    /// N(mean, std²) cut off outside [a, b], drawn exactly (by the inverse distribution function). The bounds are
    /// absolute, as in PyTorch's <c>trunc_normal_</c>, not in standard deviations; ±∞ leaves a side open.
    /// </summary>
    /// <param name="mean">The mean before truncation.</param>
    /// <param name="std">The standard deviation before truncation, positive.</param>
    /// <param name="a">The lower bound; −2 by default, as in PyTorch.</param>
    /// <param name="b">The upper bound, above a; 2 by default, as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Mean or std is not finite, std is not positive, b is not above a, or less than 10⁻³⁰ of the normal lies
    /// between the bounds.
    /// </exception>
    public static Init TruncNormal(double mean = 0, double std = 1, double a = -2, double b = 2)
    {
        var checks = new ArgumentChecks().Finite(mean).Positive(std).Above(b, a);
        checks.Throw();
        var law = new TruncatedNormalLaw(mean, std, a, b);
        checks.Require(
            law.Parameters.CanBeDrawn,
            a,
            $"and b leave less than 1e-30 of the mass of Normal({Numbers.Six(mean)}, {Numbers.Six(std)}) between {Numbers.Six(a)} and {Numbers.Six(b)}: "
            + "the bounds are absolute, not in standard deviations",
            nameof(a),
            nameof(b),
            nameof(mean),
            nameof(std)).Throw();
        return new LawInit(law, Term.Call(nameof(TruncNormal), mean, std, a, b));
    }

    /// <summary>
    /// Mean 0 and variance scale/n, where n is the fan-in, the fan-out or their average: the general law behind
    /// Xavier, Kaiming and LeCun, as in JAX and Keras.
    /// </summary>
    /// <param name="scale">The variance times n; the gain squared. Positive.</param>
    /// <param name="mode">What n is.</param>
    /// <param name="distribution">Normal, truncated normal or uniform.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive.</exception>
    public static Init VarianceScaling(
        double scale = 1,
        FanMode mode = FanMode.FanIn,
        Distribution distribution = Distribution.TruncatedNormal)
    {
        return Scaled(Term.Call(nameof(VarianceScaling), Guard.Positive(scale), mode, distribution), Math.Sqrt(scale), mode, distribution);
    }

    /// <summary>
    /// A convolution that passes its inputs through: a 1 at the centre of the kernel for each channel that input
    /// and output both have, in each group. Source: Zagoruyko and Komodakis 2017; PyTorch's <c>dirac_</c>.
    /// </summary>
    /// <param name="groups">Groups of the convolution; the output channels must be divisible by it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one group.</exception>
    public static Init Dirac(long groups = 1) => new DiracInit(Guard.AtLeast(groups, 1));

    /// <summary>
    /// A random matrix with orthonormal rows or columns, whichever are fewer, of [size of the first dimension,
    /// product of the others]. Source: Saxe et al. 2013.
    /// </summary>
    /// <param name="gain">What the matrix is multiplied by.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public static Init Orthogonal(double gain = 1) => new OrthogonalInit(Guard.Finite(gain));

    /// <summary>
    /// N(0, std²) with ⌈sparsity·rows⌉ zeros in each column, at random rows. Source: Martens 2010; PyTorch's
    /// <c>sparse_</c>.
    /// </summary>
    /// <param name="sparsity">The share of each column that is zero, 0 to 1.</param>
    /// <param name="std">The standard deviation of the rest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sparsity is not in [0, 1], or std is negative.</exception>
    public static Init Sparse(double sparsity, double std = 0.01)
    {
        new ArgumentChecks().Between(sparsity, 0, 1).NotNegative(std).Throw();
        return new SparseInit(sparsity, std);
    }

    /// <summary>
    /// Given values. An array (of any rank, copied now) or a tensor (read when a plan is compiled), of the
    /// parameter's shape, or flat in row-major order.
    /// </summary>
    /// <param name="values">An array of numbers, or a tensor of the backend's.</param>
    /// <exception cref="ArgumentException">A single number, or an array of something else.</exception>
    public static Init Values(object values) => new ValuesInit(values);

    /// <summary>
    /// An initializer computed from the parameter at hand:
    /// <c>From(p => Uniform(-1 / Math.Sqrt(p.FanIn), 1 / Math.Sqrt(p.FanIn)))</c>.
    /// </summary>
    /// <param name="choose">
    /// Called when a plan is compiled, for a tied parameter more than once; must depend on its argument alone.
    /// </param>
    public static Init From(Func<ParamSpec, Init> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        return new FromInit(choose);
    }

    [InText]
    internal static Selector When(IReadOnlyList<ModuleTypeName> types) => new TypeSelector(types);

    private static VarianceScalingInit Scaled(Term term, double gain, FanMode mode, Distribution distribution) =>
        new(term, gain, mode, distribution);
}
