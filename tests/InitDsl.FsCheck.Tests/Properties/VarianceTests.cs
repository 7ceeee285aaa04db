namespace InitDsl.Tests.Properties;

/// <summary>Models whose sizes change: rules keep one direction of the two, and are held to that one.</summary>
public class VarianceTests
{
    private static readonly Init Fans = From(p => Normal(std: Math.Sqrt(2.0 / p.FanIn)));

    public static TheoryData<string, string> Right => new()
    {
        { "narrow", "Kaiming" }, { "narrow", "Kaiming.FanOut" }, { "narrow", "From" }, { "narrow", "Orthogonal" }, { "narrow", "Kaiming.FanAverage" },
        { "narrow", "Auto" }, { "narrow", "mixed" },
        { "wide", "Kaiming" }, { "wide", "Kaiming.FanOut" }, { "wide", "From" }, { "wide", "Orthogonal" }, { "wide", "Kaiming.FanAverage" },
        { "convolutions", "Kaiming" }, { "convolutions", "From" }, { "convolutions", "Auto" }, { "convolutions", "Kaiming.FanAverage" },
        { "pooled", "Kaiming" }, { "pooled", "From" },
        { "tokens", "LeCun" }, { "tokens", "Kaiming.FanOut" },
        { "tanh", "Xavier" },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public void Right_rules_pass(string model, string init) => InitLaws.CheckModel(() => Model(model), Rules(init, 1), Options(model));

    public static TheoryData<string, string> Wrong => new()
    {
        { "narrow", "Kaiming" }, { "narrow", "Kaiming.FanOut" }, { "narrow", "From" }, { "narrow", "Auto" },
        { "wide", "Kaiming" }, { "wide", "Kaiming.FanOut" }, { "wide", "From" },
        { "convolutions", "Kaiming" }, { "convolutions", "From" },
        { "tokens", "LeCun" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_gains_are_found_out(string model, string init)
    {
        InitLawReport large = InitLaws.ExamineModel(() => Model(model), Rules(init, 2), Options(model));
        Assert.Contains("the weights are too large", Assert.Single(large.Failures).Message, StringComparison.Ordinal);
        InitLawReport small = InitLaws.ExamineModel(() => Model(model), Rules(init, 0.4), Options(model));
        Assert.Contains("the weights are too small", Assert.Single(small.Failures).Message, StringComparison.Ordinal);
    }

    /// <summary>What a fan-in cannot be told from is allowed for; beyond that gains are found here too.</summary>
    [Fact]
    public void The_average_is_held_to_what_lies_between()
    {
        InitLawReport report = InitLaws.ExamineModel(() => Model("narrow"), Rules("Kaiming.FanAverage", 5), Options("narrow"));
        Assert.Contains(
            "should stay within a factor of 3 of what lies between 1 and 25.6, which sizes that change bring about: the weights are too large",
            Assert.Single(report.Failures).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Directions_that_the_rules_do_not_promise_are_not_asked_and_told()
    {
        Assert.Equal(
            ["Variance backward: the weights are scaled by the fan-in, and [64, 256] becomes [64, 10]; InitLawOptions.VarianceDirection asks for it"],
            InitLaws.CheckModel(() => Model("narrow"), Rules("Kaiming", 1), Options("narrow")).NotAsked);
        Assert.Equal(
            ["Variance forward: the weights are scaled by the fan-out, and [64, 256] becomes [64, 10]; InitLawOptions.VarianceDirection asks for it"],
            InitLaws.CheckModel(() => Model("narrow"), Rules("Kaiming.FanOut", 1), Options("narrow")).NotAsked);
        Assert.Equal(
            ["Variance backward: it is looked at forward, with an allowance, where [64, 256] becomes [64, 10]; InitLawOptions.VarianceDirection asks for it"],
            InitLaws.CheckModel(() => Model("narrow"), Rules("Orthogonal", 1), Options("narrow")).NotAsked);
        Assert.Equal(
            ["Variance backward: inputs that are whole numbers have no gradients"],
            InitLaws.CheckModel(() => Model("tokens"), Rules("LeCun", 1), Options("tokens")).NotAsked);
        InitLawReport nothing = InitLaws.CheckModel(() => Model("tokens"), Rules("Kaiming.FanOut", 1), Options("tokens"));
        Assert.Equal(
            [
                "Variance forward: the weights are not scaled by the fan-in; InitLawOptions.VarianceDirection asks for it",
                "Variance backward: inputs that are whole numbers have no gradients",
            ],
            nothing.NotAsked);
        Assert.False(nothing.Holds(InitProperties.Variance));
        foreach (VarianceDirection direction in (VarianceDirection[])[VarianceDirection.Backward, VarianceDirection.Both])
        {
            InitLawReport asked = InitLaws.CheckModel(() => Model("tokens"), Rules("LeCun", 1), Options("tokens") with { VarianceDirection = direction });
            Assert.Equal(["Variance backward: inputs that are whole numbers have no gradients"], asked.NotAsked);
            Assert.Equal(direction == VarianceDirection.Both, asked.Holds(InitProperties.Variance));
        }

        Assert.Empty(InitLaws.CheckModel(() => Model("square"), Rules("Kaiming", 1), Options("square")).NotAsked);
    }

    [Fact]
    public void A_direction_can_be_asked_for()
    {
        Assert.True(InitLaws.ExamineModel(() => Model("narrow"), Rules("Kaiming", 1), Options("narrow") with { VarianceDirection = VarianceDirection.Forward }).Passed);
        InitLawReport backward = InitLaws.ExamineModel(() => Model("narrow"), Rules("Kaiming", 1), Options("narrow") with { VarianceDirection = VarianceDirection.Backward });
        Assert.StartsWith("backward the mean square is multiplied by 0.07", Assert.Single(backward.Failures).Message, StringComparison.Ordinal);
        Assert.True(InitLaws.ExamineModel(() => Model("narrow"), Rules("Kaiming", 1), Options("narrow") with { VarianceDirection = VarianceDirection.Both, VarianceFactor = 20 }).Passed);
        InitLawReport both = InitLaws.ExamineModel(() => Model("narrow"), Rules("Kaiming", 1), Options("narrow") with { VarianceDirection = VarianceDirection.Both });
        Assert.EndsWith("No weights keep both directions where sizes change: choose one by InitLawOptions.VarianceDirection.", Assert.Single(both.Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_says_why_and_what_to_write()
    {
        // A function that does not say so keeps it backward.
        RuleSet rules = When<Linear>().Weight(From(p => Normal(std: Math.Sqrt(2.0 / p.FanOut)))).Bias(Zeros);
        InitLawFailure failure = Assert.Single(InitLaws.ExamineModel(() => Model("narrow"), rules, Options("narrow")).Failures);
        Assert.Matches(
            @"^Variance: forward the mean square is multiplied by \d+\.\d+ \(the median of \d+ draws, from \[64, 256\] to \[64, 10\]\), and should stay within a factor of 3: "
            + "the weights are too large for the functions between them\\. Write Auto, or Kaiming before ReLU and Xavier before tanh; if so much is meant, set InitLawOptions\\.VarianceFactor\\. "
            + @"Backward it is [12]\.?\d*: if that is what the rules should keep, set InitLawOptions\.VarianceDirection to Backward\.\r?\n    again: var model = factory\(\); model\.Initialize\(rules, seed: 20200613\);$",
            failure.ToString());
        InitLaws.CheckModel(() => Model("narrow"), rules, Options("narrow") with { VarianceDirection = VarianceDirection.Backward });
    }

    private static InitLawOptions Options(string model) => new()
    {
        Properties = InitProperties.Variance,
        Input = model switch
        {
            "wide" => () => Normals(64, 10),
            "convolutions" or "pooled" => () => Normals(8, 3, 16, 16),
            "tokens" => () => arange(60).reshape(4, 15),
            _ => () => Normals(64, 256),
        },
    };

    private static Sequential Model(string which) => which switch
    {
        "narrow" => Sequential(("fc1", Linear(256, 256)), ("relu", ReLU()), ("fc2", Linear(256, 10))),
        "wide" => Sequential(("fc1", Linear(10, 200)), ("relu", ReLU()), ("fc2", Linear(200, 300))),
        "square" => Sequential(("fc1", Linear(256, 200)), ("relu", ReLU()), ("fc2", Linear(200, 256))),
        "tanh" => Sequential(("fc1", Linear(256, 128)), ("tanh1", Tanh()), ("fc2", Linear(128, 64)), ("tanh2", Tanh()), ("fc3", Linear(64, 10))),
        "convolutions" => Sequential(
            ("conv1", Conv2d(3, 16, 3, padding: 1)), ("relu1", ReLU()), ("conv2", Conv2d(16, 32, 3, stride: 2, padding: 1)), ("relu2", ReLU()),
            ("flat", Flatten()), ("fc", Linear(32 * 8 * 8, 10))),
        "pooled" => Sequential(
            ("conv1", Conv2d(3, 16, 3, padding: 1)), ("relu1", ReLU()), ("conv2", Conv2d(16, 32, 3, padding: 1)), ("relu2", ReLU()),
            ("pool", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(32, 10))),
        _ => Sequential(("emb", Embedding(60, 128)), ("fc1", Linear(128, 128)), ("fc2", Linear(128, 60))),
    };

    private static RuleSet Rules(string init, double factor)
    {
        Init word = init switch
        {
            "Kaiming" or "mixed" => Kaiming,
            "Kaiming.FanOut" => Kaiming.FanOut(),
            "Kaiming.FanAverage" => Kaiming.FanAverage(),
            "From" => Fans,
            "Orthogonal" => Orthogonal(Math.Sqrt(2)),
            "Auto" => Auto,
            "LeCun" => LeCunNormal,
            _ => Xavier,
        };
        RuleSet rules = When<Linear, Convolution>().Weight(word.Scale(factor)).Bias(Zeros)
            + When<Embedding>().Weight(Normal());
        return init == "mixed" ? rules + Named("fc1").Weight(Kaiming.FanOut()) : rules;
    }

    private static Tensor Normals(params long[] shape) => randn(shape);
}
