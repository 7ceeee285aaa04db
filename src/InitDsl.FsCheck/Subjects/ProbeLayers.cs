using static TorchSharp.torch;

namespace InitDsl;

/// <summary>The parameters of TorchSharp's layers on which an initializer is tried, large enough to be measured.</summary>
internal static class ProbeLayers
{
    // 720 rows: divisible by whatever number of blocks, groups and repeats somebody asks for.
    private static readonly (string Path, string Code, Func<nn.Module> Make)[] Makers =
    [
        ("linear", "Linear(64, 720)", () => nn.Linear(64, 720)),
        ("conv", "Conv2d(16, 144, 3)", () => nn.Conv2d(16, 144, 3)),
        ("conv_transpose", "ConvTranspose2d(48, 48, 4, stride: 2, bias: false)", () => nn.ConvTranspose2d(48, 48, 4, stride: 2, bias: false)),
        ("embedding", "Embedding(720, 64)", () => nn.Embedding(720, 64)),
        ("rnn", "RNN(48, 48)", () => nn.RNN(48, 48)),
        ("lstm", "LSTM(24, 48)", () => nn.LSTM(24, 48)),
        ("norm", "LayerNorm(720)", () => nn.LayerNorm(720)),
    ];

    private static readonly Lazy<IReadOnlyList<ParamSpec>> Known = new(() =>
        [.. Makers.SelectMany(maker => SpecsOf(maker.Path, maker.Make))]);

    /// <summary>All of them, weights of layers first.</summary>
    internal static IReadOnlyList<ParamSpec> All => Known.Value;

    /// <summary>The specs of a layer's parameters under a path.</summary>
    internal static IReadOnlyList<ParamSpec> SpecsOf(string path, Func<nn.Module> make)
    {
        using GlobalGenerator kept = GlobalGenerator.Hold();
        using nn.Module around = nn.ModuleDict((path, make()));
        return [.. new TorchModel(around).Stores.Select(store => store.Spec)];
    }

    /// <summary>The parameters that an initializer can be applied to: weights where it can, else the others.</summary>
    /// <param name="init">The initializer.</param>
    /// <param name="failed">The weights at which a function of the user's failed, each with what it said.</param>
    /// <exception cref="InitException">There are none; the reason is that of the linear layer.</exception>
    internal static IReadOnlyList<ParamSpec> For(Init init, out IReadOnlyList<string> failed)
    {
        InitException? refusal = null;
        var failures = new List<string>();
        var accepted = new List<ParamSpec>();
        foreach (ParamSpec spec in All)
        {
            try
            {
                PlanCompiler.Compile(RuleFor(init), new MemoryModel([new(spec)]), RandomSource.Philox(0));
                accepted.Add(spec);
            }
            catch (InitException refused)
            {
                // Said if no layer takes it: one that does is enough. That a function failed is always said.
                refusal ??= refused;
                if (IsWeight(spec) && refused.Diagnostics.FirstOrDefault(found => found.Code == "INIT009") is { } failure)
                {
                    failures.Add(failure.Message);
                }
            }
        }

        if (accepted.Count == 0)
        {
            throw refusal!;
        }

        failed = failures;
        ParamSpec[] weights = [.. accepted.Where(IsWeight)];
        return weights.Length > 0 ? weights : accepted;
    }

    /// <summary>Code that makes the layer of one of the parameters, and a model in which it has that path.</summary>
    internal static string CodeOf(string parameter)
    {
        (string path, string code, _) = Makers.First(maker => parameter.StartsWith(maker.Path + ".", StringComparison.Ordinal));
        return $"var {path} = {code}; ModuleDict((\"{path}\", (Module){path}))";
    }

    internal static RuleSet RuleFor(Init init) => Dsl.All.Param("*", init);

    private static bool IsWeight(ParamSpec spec) => spec.Role == ParamRole.Weight && spec.Shape.Rank >= 2;
}
