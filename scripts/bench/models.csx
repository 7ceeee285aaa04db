// Whole models, constructed and initialised: by rules, and by the constructor followed by torch.nn.init by hand. Each
// round builds afresh, so fresh memory is part of it on both sides. Loaded by bench.csx.

static class Models
{
    public const int Seed = 42;

    public static void Run(Scale scale, Answers answers)
    {
        Title();
        Gpt(scale, answers, "GPT-2 small, 124M", Gpt2Config.Small, rounds: 5);
        Gpt(scale, answers, "GPT, 335M", new(32000, 256, 24, 1024, 16), rounds: 5);
    }

    /// <summary>Those that take gigabytes, and minutes.</summary>
    public static void RunLarge(Scale scale, Answers answers)
    {
        Title();
        Gpt(scale, answers, "GPT-2 XL, 1.6B", new(50257, 1024, 48, 1600, 25), rounds: 1);
        LlamaShape shape = scale.Quick ? new(512, 2, 64, 176) : new(32000, 32, 4096, 11008);
        Compare(scale, answers, "Llama shape, 6.7B", "BFloat16", 2 * shape.Parameters, 1, () => new Llama(shape), LlamaRules, LlamaByHand);
    }

    private static void Title()
    {
        Table.Title("Construct and initialise");
        Table.Head("model", "dtype");
    }

    private static void Gpt(Scale scale, Answers answers, string name, Gpt2Config config, int rounds)
    {
        Gpt2Config size = scale.Quick ? Gpt2Config.Tiny : config;
        long parameters = ((size.Vocabulary + size.Positions) * size.Width) + (12 * size.Layers * size.Width * size.Width);
        Compare(scale, answers, name, "Float32", 4 * parameters, rounds, () => new Gpt2(size), GptRules(size), model => GptByHand(model, size.Layers));
    }

    public static RuleSet GptRules(Gpt2Config size) =>
          When<Linear, Embedding>().Weight(Normal(std: 0.02))
        + When<Linear>().Bias(Zeros)
        + When<LayerNorm>().Weight(Ones).Bias(Zeros)
        + Named("*.c_proj").Weight(Normal(std: 0.02).Scale(1 / Math.Sqrt(2 * size.Layers)));

    private static void Compare<T>(
        Scale scale, Answers answers, string name, string type, long bytes, int rounds, Func<T> construct, RuleSet rules, Action<T> byHand)
        where T : Module
    {
        if (FreeBytes() is { } free && free < bytes + (bytes / 4))
        {
            Table.Skipped(name, type, FormattableString.Invariant($"it takes {bytes / 1e9:F1} GB, and {free / 1e9:F1} GB are free"));
            return;
        }

        (string Way, Func<T> Build)[] ways =
        [
            ("", () => { T model = construct(); model.Initialize(rules, seed: Seed); return model; }),
            (", deferred", () => Deferred.Build(construct, rules, seed: Seed)),
        ];
        T ByHand()
        {
            T model = construct();
            byHand(model);
            return model;
        }

        foreach ((string way, Func<T> build) in ways)
        {
            int turns = scale.Rounds(rounds);
            var ours = new double[turns];
            var theirs = new double[turns];
            bool oursRight = true;
            bool theirsRight = true;
            for (int turn = rounds > 1 ? -1 : 0; turn < turns; turn++)
            {
                // Verified once each, with nothing else in memory.
                (theirs[Math.Max(turn, 0)], bool right) = Once(ByHand, rules, verify: turn == 0);
                theirsRight &= right;
                (ours[Math.Max(turn, 0)], right) = Once(build, rules, verify: turn == 0);
                oursRight &= right;
            }

            Table.Times(name + way, type, ours, theirs, null, answers.Say(oursRight, theirsRight));
        }
    }

    private static (double Milliseconds, bool Right) Once<T>(Func<T> build, RuleSet rules, bool verify)
        where T : Module
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        T? model = null;
        double time = Measure.Milliseconds(() => model = build());
        using (model)
        {
            return (time, !verify || rules.Compile(model!, seed: Seed).Verify().Passed);
        }
    }

    public static void GptByHand(Module model, int layers)
    {
        foreach ((string path, Module module) in model.named_modules())
        {
            switch (module)
            {
                case Linear linear:
                    init.normal_(linear.weight, 0, path.EndsWith(".c_proj", StringComparison.Ordinal) ? 0.02 / Math.Sqrt(2 * layers) : 0.02);
                    if (linear.bias is { } bias)
                    {
                        init.zeros_(bias);
                    }

                    break;
                case Embedding embedding:
                    init.normal_(embedding.weight!, 0, 0.02);
                    break;
                case LayerNorm norm:
                    init.ones_(norm.weight!);
                    init.zeros_(norm.bias!);
                    break;
            }
        }
    }

    private static RuleSet LlamaRules { get; } =
        When<Linear, Embedding>().Weight(Normal(std: 0.02)) + When<RmsNorm>().Weight(Ones);

    private static void LlamaByHand(Module model)
    {
        foreach ((_, Module module) in model.named_modules())
        {
            switch (module)
            {
                case Linear linear:
                    init.normal_(linear.weight, 0, 0.02);
                    break;
                case Embedding embedding:
                    init.normal_(embedding.weight!, 0, 0.02);
                    break;
                case RmsNorm norm:
                    init.ones_(norm.weight);
                    break;
            }
        }
    }

    /// <summary>What the system can give without swapping; null where it does not say.</summary>
    private static long? FreeBytes()
    {
        const string File = "/proc/meminfo";
        return System.IO.File.Exists(File)
            && System.IO.File.ReadLines(File).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal)) is { } line
            ? 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            : null;
    }
}

record LlamaShape(long Vocabulary, int Layers, long Width, long Hidden)
{
    public long Parameters => (2 * Vocabulary * Width) + (Layers * Width * ((4 * Width) + (3 * Hidden) + 2)) + Width;
}

/// <summary>The parameters of Llama 7B (Touvron et al. 2023) under their published names, in bfloat16.</summary>
sealed class Llama : Module
{
    private readonly Embedding embed_tokens;
    private readonly ModuleList<LlamaLayer> layers;
    private readonly RmsNorm norm;
    private readonly Linear lm_head;

    public Llama(LlamaShape shape)
        : base(nameof(Llama))
    {
        embed_tokens = Deferred.Embedding(shape.Vocabulary, shape.Width, dtype: ScalarType.BFloat16);
        layers = new ModuleList<LlamaLayer>(Enumerable.Range(0, shape.Layers).Select(_ => new LlamaLayer(shape)).ToArray());
        norm = new RmsNorm(shape.Width);
        lm_head = Map(shape.Width, shape.Vocabulary);
        RegisterComponents();
    }

    public static Linear Map(long from, long into) => Linear(from, into, hasBias: false, dtype: ScalarType.BFloat16);
}

sealed class LlamaLayer : Module
{
    private readonly Linear q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj;
    private readonly RmsNorm input_layernorm, post_attention_layernorm;

    public LlamaLayer(LlamaShape shape)
        : base(nameof(LlamaLayer))
    {
        q_proj = Llama.Map(shape.Width, shape.Width);
        k_proj = Llama.Map(shape.Width, shape.Width);
        v_proj = Llama.Map(shape.Width, shape.Width);
        o_proj = Llama.Map(shape.Width, shape.Width);
        gate_proj = Llama.Map(shape.Width, shape.Hidden);
        up_proj = Llama.Map(shape.Width, shape.Hidden);
        down_proj = Llama.Map(shape.Hidden, shape.Width);
        input_layernorm = new RmsNorm(shape.Width);
        post_attention_layernorm = new RmsNorm(shape.Width);
        RegisterComponents();
    }
}

sealed class RmsNorm : Module
{
    public readonly Parameter weight;

    public RmsNorm(long width)
        : base(nameof(RmsNorm))
    {
        weight = new Parameter(ones(width, dtype: ScalarType.BFloat16));
        RegisterComponents();
    }
}
