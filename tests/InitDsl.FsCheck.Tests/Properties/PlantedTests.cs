namespace InitDsl.Tests.Properties;

/// <summary>Each property fails on something that lacks it, of each kind of subject.</summary>
public class PlantedTests
{
    private static readonly InitLawOptions Coarse = new() { Deviation = 0.05 };

    public static TheoryData<string, InitProperties> Fills => new()
    {
        { "a value out of bounds", InitProperties.Bounds },
        { "an element is forgotten", InitProperties.Bounds },
        { "std 6% off", InitProperties.Moments },
        { "mean 6% of std off", InitProperties.Moments },
        { "a uniform of the same variance", InitProperties.Distribution },
        { "a seed of its own", InitProperties.Determinism },
        { "a clock", InitProperties.Determinism },
        { "state from call to call", InitProperties.Order },
        { "the neighbour's memory", InitProperties.Order },
        { "the same at each call", InitProperties.Streams },
        { "a row twice", InitProperties.Symmetry },
        { "adds to what was there", InitProperties.Idempotence },
        { "twice the std, through ReLU", InitProperties.Variance },
    };

    [Theory]
    [MemberData(nameof(Fills))]
    public void Fill_is_found_out(string what, InitProperties property)
    {
        int calls = 0;
        Action<Tensor> fill = what switch
        {
            "a value out of bounds" => t => { t.uniform_(-1, 1); t[7, 8] = 1.001f; },
            "an element is forgotten" => t => t.narrow(0, 0, t.shape[0] - 1).uniform_(-1, 1),
            "std 6% off" => t => t.normal_(0, 1.06),
            "mean 6% of std off" => t => t.normal_(0.06, 1),
            "a uniform of the same variance" => t => t.uniform_(-Math.Sqrt(3), Math.Sqrt(3)),
            "a seed of its own" => t => t.normal_(0, 1, new Generator(5)),
            "a clock" => t => t.normal_(0, 1, new Generator((ulong)++calls)),
            "state from call to call" => t => t.normal_().mul_(calls++ % 3 == 2 ? -1 : 1),
            "the neighbour's memory" => t => (t.storage_offset() == 0 ? t : t.as_strided([t.numel() + 1], [1], t.storage_offset())).normal_(),
            "the same at each call" => t => { random.manual_seed(1); t.normal_(); },
            "a row twice" => t => { t.normal_(); t[100] = t[3]; },
            "adds to what was there" => t => t.nan_to_num_(0).add_(randn_like(t)),
            "twice the std, through ReLU" => t => t.normal_(0, 2 * Math.Sqrt(2.0 / t.shape[1])),
            _ => throw new ArgumentException(what),
        };
        Init promised = what switch
        {
            "a value out of bounds" or "an element is forgotten" => Uniform(-1, 1),
            "twice the std, through ReLU" => Kaiming.Scale(2),
            _ => Normal(),
        };
        InitLawOptions options = property == InitProperties.Variance ? Coarse with { Activation = x => functional.relu(x) } : Coarse;
        InitLawReport report = InitLaws.ExamineFill(fill, promised, options with { Shape = new(120, 100) });
        Assert.False(report.Holds(property), report.ToString());
        Assert.All(report.Failures, failure => Assert.Contains("manual_seed(20200613)", failure.Repro, StringComparison.Ordinal));
    }

    [Fact]
    public void Discrete_laws_and_mixtures_are_found_out_by_their_counts()
    {
        InitLawReport coin = InitLaws.ExamineFill(t => t.bernoulli_(0.54).mul_(2).sub_(1), StatedLaw.Discrete([-1, 1], [0.5, 0.5]), Coarse);
        Assert.Contains(coin.Failures, failure => failure.Message.Contains("chi-square", StringComparison.Ordinal));
        InitLawReport clamped = InitLaws.ExamineFill(t => t.normal_(0, 1.1).clamp_(-1, 1), Normal().Clamp(-1, 1), Coarse);
        Assert.Contains(clamped.Failures, failure => failure.Message.Contains("chi-square", StringComparison.Ordinal));
    }

    [Fact]
    public void Init_that_depends_on_its_calls_is_found_out()
    {
        int calls = 0;
        Init forgetful = From(p => Normal(std: ++calls));
        InitLawReport report = InitLaws.Examine(forgetful, Coarse);
        Assert.False(report.Holds(InitProperties.Determinism));
        Assert.False(report.Holds(InitProperties.Order));
        Assert.False(report.Holds(InitProperties.Idempotence));
        Assert.False(report.Holds(InitProperties.Monoid));
    }

    [Fact]
    public void Init_that_blows_up_is_found_out()
    {
        InitLawReport report = InitLaws.Examine(Normal(), Coarse with { Activation = x => functional.relu(x), Properties = InitProperties.Variance });
        Assert.Contains("forward the mean square is multiplied by", report.Failures[0].Message, StringComparison.Ordinal);
        Assert.Contains("backward", report.Failures[1].Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, InitProperties> RuleSets => new()
    {
        { "a constant weight", InitProperties.Symmetry },
        { "variance explodes", InitProperties.Variance },
        { "variance vanishes", InitProperties.Variance },
        { "a rule that counts", InitProperties.Monoid },
        { "a rule that counts", InitProperties.Determinism },
    };

    [Theory]
    [MemberData(nameof(RuleSets))]
    public void Rules_on_a_model_are_found_out(string what, InitProperties property)
    {
        int calls = 0;
        RuleSet rules = what switch
        {
            "a constant weight" => When<Linear>().Weight(Const(0.1)),
            "variance explodes" => When<Linear>().Weight(Normal()).Bias(Zeros),
            "variance vanishes" => When<Linear>().Weight(Normal(std: 0.001)).Bias(Zeros),
            _ => When<Linear>().Weight(From(p => Normal(std: ++calls))),
        };
        InitLawReport report = InitLaws.ExamineModel(
            () => Sequential(("fc1", Linear(30, 30)), ("relu", ReLU()), ("fc2", Linear(30, 30))),
            rules,
            Coarse with { Input = () => ones(4, 30) });
        Assert.False(report.Holds(property), report.ToString());
        Assert.All(report.Failures, failure => Assert.Contains("seed: 20200613", failure.Repro, StringComparison.Ordinal));
    }

    [Fact]
    public void Constructors_of_TorchSharp_are_found_out()
    {
        Assert.False(InitLaws.ExamineConstructor(() => GroupNorm(2, 6), Presets.TorchDefault).Holds(InitProperties.Bounds));
        InitLawReport encoder = InitLaws.ExamineConstructor(() => TransformerEncoder(TransformerEncoderLayer(8, 2, 16), 2), Presets.TorchDefault);
        Assert.False(encoder.Holds(InitProperties.Streams));
        Assert.StartsWith(
            "layers.1.self_attn.in_proj_weight starts like layers.0.self_attn.in_proj_weight",
            encoder.Failures[0].Message,
            StringComparison.Ordinal);
        InitLaws.CheckConstructor(() => Linear(40, 30), Presets.TorchDefault);
    }

    [Fact]
    public void Ignored_generator_is_named()
    {
        InitLawReport report = InitLaws.ExamineSeededFill((t, g) => t.normal_(), Normal(), Coarse);
        Assert.StartsWith("the generator that is given is ignored", report.Failures[0].Message, StringComparison.Ordinal);
        report = InitLaws.ExamineSeededFill((t, g) => t.normal_(0, 1, g).add_(randn_like(t)), Normal(0, Math.Sqrt(2)), Coarse);
        Assert.StartsWith("something beside the generator", report.Failures[0].Message, StringComparison.Ordinal);
    }
}
