namespace InitDsl;

/// <summary>Where the random numbers come from.</summary>
public abstract record RandomSource
{
    private RandomSource(long seed) => Seed = seed;

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>
    /// A stream a parameter, each a pure function of seed, path and index (Philox4x32-10). Order, threads and
    /// other layers change nothing. This is what a bare seed means.
    /// </summary>
    /// <param name="seed">Any number.</param>
    public static RandomSource Philox(long seed) => new PhiloxSource(seed);

    /// <summary>
    /// The values PyTorch gives under <c>torch.manual_seed(seed)</c> when <c>torch.nn.init</c> is called for the
    /// same parameters in the same order: one sequence for the whole model, fans as PyTorch counts them.
    /// </summary>
    /// <param name="seed">The seed, as for <c>torch.manual_seed</c>.</param>
    public static RandomSource Torch(long seed) => new TorchSource(seed);

    internal sealed record PhiloxSource(long Value) : RandomSource(Value)
    {
        public override string ToString() => $"seed {Seed}";
    }

    internal sealed record TorchSource(long Value) : RandomSource(Value)
    {
        public override string ToString() => $"PyTorch's generator, seed {Seed}";
    }
}
