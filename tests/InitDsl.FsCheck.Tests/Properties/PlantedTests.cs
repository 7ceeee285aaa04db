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
            "state from call to call" => t => t.normal_().mul_(calls++ % 2 == 1 ? -1 : 1),
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
        Assert.True(report.Failures.Any(failure => failure.Property == property), report.ToString());
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
        InitLawFailure failure = Assert.Single(report.Failures);
        Assert.Equal((InitProperties.Determinism, "linear.weight"), (failure.Property, failure.Path));
        Assert.Matches(
            @"^the same seed gives other values: at index 0 \S+, then \S+; 7 more parameters likewise\. Already the law is another, Normal\(0, \d+\), then Normal\(0, \d+\): a function that rules are given must depend on its argument alone$",
            failure.Message);
        Assert.Equal(
            "Bounds, Moments, Distribution, Order, Streams, Symmetry, Idempotence, Monoid: the same seed gives other values, and that would only show again",
            Assert.Single(report.NotAsked, text => text.Contains("show again", StringComparison.Ordinal)));
        Assert.False(report.Holds(InitProperties.Order), "It was not asked for.");
        Assert.Equal(InitProperties.Determinism, report.Asked);
    }

    /// <summary>The law that a fill promises stays the same, so that its values are held against it all the same.</summary>
    [Fact]
    public void A_fill_that_is_not_deterministic_is_still_held_against_its_law()
    {
        int calls = 0;
        InitLawReport report = InitLaws.ExamineFill(t => t.normal_(0, 1.2, new Generator((ulong)++calls)), Normal(), Coarse);
        Assert.Equal([InitProperties.Determinism, InitProperties.Moments], report.Failures.Select(failure => failure.Property).Distinct().Take(2));
        Assert.False((report.Asked & (InitProperties.Order | InitProperties.Idempotence)) != 0, report.ToString());
    }

    [Fact]
    public void What_is_written_beside_is_told_of_a_fill_that_is_not_deterministic_too()
    {
        int calls = 0;
        InitLawReport report = InitLaws.ExamineFill(
            t =>
            {
                t.normal_(0, 1, new Generator((ulong)++calls));
                Tensor wider = t.storage_offset() > 0 ? t.as_strided([t.numel() + 1], [1], t.storage_offset() - 1) : t;
                wider.view(-1)[0].fill_(2);
            },
            Normal(),
            Coarse);
        Assert.Contains(report.Failures, failure => failure.Message.Contains("beside the tensor", StringComparison.Ordinal));
    }

    public static TheoryData<string, bool> Constants => new()
    {
        { "a constant of a function", true },
        { "rows of a function that are all alike", true },
        { "zeros of a function", false },
        { "a constant that is said to be one", false },
        { "ones", false },
        { "zeros", false },
    };

    [Theory]
    [MemberData(nameof(Constants))]
    public void Units_that_all_start_alike_are_found_out_unless_they_are_asked_for(string what, bool fails)
    {
        Init init = what switch
        {
            "a constant of a function" => From(p => Const(1.0 / p.FanIn)),
            "rows of a function that are all alike" => From(p => Values(Enumerable.Range(0, (int)p.Shape.Elements).Select(i => (double)(i % (p.Shape.Elements / p.Shape[0]))).ToArray())),
            "zeros of a function" => From(p => Zeros),
            "a constant that is said to be one" => Const(0.5).Scale(2),
            "ones" => Ones,
            _ => Zeros,
        };
        InitLawReport report = InitLaws.Examine(init);
        Assert.Equal(!fails, report.Passed);
        Assert.False(report.Holds(InitProperties.Symmetry), "It was not asked for, or does not hold.");
        if (fails)
        {
            Assert.Equal("linear.weight [720, 64]: all 720 units start alike, and get the same gradient", report.Failures[0].Message);
            Assert.All(report.Failures, failure => Assert.Equal(InitProperties.Symmetry, failure.Property));
        }
        else
        {
            Assert.Contains("Symmetry: nothing is drawn; zeros, and constants that are asked for, leave all units of a weight alike", report.NotAsked);
        }
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
        { "a selector that counts", InitProperties.Monoid },
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
            "a selector that counts" => All.Weight(Zeros) + Where(p => calls++ % 2 == 0).Weight(Normal()),
            _ => When<Linear>().Weight(From(p => Normal(std: ++calls))),
        };
        InitLawReport report = InitLaws.ExamineModel(
            () => Sequential(("fc1", Linear(30, 30)), ("relu", ReLU()), ("fc2", Linear(30, 30))),
            rules,
            Coarse with { Input = () => ones(4, 30) });
        Assert.True(report.Failures.Any(failure => failure.Property == property), report.ToString());
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
