namespace InitDsl.Tests.Properties;

/// <summary>Whatever the library itself writes has every property.</summary>
public class RightOnesTests
{
    /// <summary>Coarser than by default: the built-in laws have closer tests of their own.</summary>
    private static readonly InitLawOptions Coarse = new() { Deviation = 0.08 };

    private static readonly Init[] Words =
    [
        Zeros, Ones, Const(0.5), Uniform(-0.3, 0.1), Normal(0.5, 2), TruncNormal(), TruncNormal(0, 1, 0.5, double.PositiveInfinity),
        Xavier, XavierNormal, XavierTruncated, Kaiming, Kaiming.FanOut(), KaimingUniform, KaimingTruncated, LeCunNormal, LeCunUniform,
        LeCunTruncated, VarianceScaling(), Orthogonal(), Orthogonal(2).PerBlock(), Eye, Dirac(), Sparse(0.3), TruncNormalSigmas(), Caffe2Xavier,
        DeltaOrthogonal(), BlockOrthogonal(), BilinearUpsampling(), Icnr(2, Kaiming), SirenFirst(), Siren(), SmallInit(64), WangInit(64, 4),
        Fixup(9, 3), TFixupEncoder(6), TFixupDecoder(6), FocalPrior(0.01), Chrono(20), LogOfUniform(1, 9), Irnn(), ZerO, TorchDefault, Auto,
        From(p => Normal(std: 1 / Math.Sqrt(p.FanIn))), Normal().Clamp(-1, 1), Normal().Clamp(-1, double.PositiveInfinity), Normal().MaskBy(at => at[0] % 3 != 0),
        Kaiming.Blend(Uniform(-1, 1), 0.5), Kaiming.Cast(DType.BFloat16), Kaiming.RepeatEach(3), Normal(std: 0.02).ZeroPaddingRow(), Kaiming.Scale(0.5),
    ];

    public static TheoryData<int, string> Inits => new(Words.Select((init, i) => (i, init.ToString())));

    public static TheoryData<string> PresetNames => [.. Rules.Keys];

    private static Dictionary<string, RuleSet> Rules => new()
    {
        ["TorchDefault"] = Presets.TorchDefault,
        ["Keras"] = Presets.Keras,
        ["ResNet"] = Presets.ResNet,
        ["ResNetTorchvision"] = Presets.ResNetTorchvision,
        ["EfficientNet"] = Presets.EfficientNet,
        ["ConvNeXt"] = Presets.ConvNeXt,
        ["Dcgan"] = Presets.Dcgan,
        ["LstmLanguageModel"] = Presets.LstmLanguageModel,
        ["Gpt2"] = Presets.Gpt2(2),
        ["Bert"] = Presets.Bert,
        ["Llama"] = Presets.Llama,
        ["VisionTransformer"] = Presets.VisionTransformer(VisionTransformerMode.Default),
        ["Siren"] = Presets.Siren,
    };

    [Theory]
    [MemberData(nameof(Inits))]
    public void Initializer_passes(int index, string text)
    {
        InitLawReport report = InitLaws.Check(Words[index], Coarse);
        Assert.Equal(text, report.Subject);
        Assert.NotEmpty(report.Measured);
    }

    [Theory]
    [MemberData(nameof(PresetNames))]
    public void Preset_passes_on_a_small_model(string name)
    {
        Module Make() => new Small();
        InitLawReport report = InitLaws.CheckModel(Make, Rules[name], Coarse);
        Assert.NotEmpty(report.Measured);
    }

    [Fact]
    public void Fills_of_the_library_pass_as_code_of_somebody_else()
    {
        InitLaws.CheckFill(t => t.Initialize(Kaiming), Kaiming, Coarse);
        InitLaws.CheckFill(t => t.Initialize(Normal().Clamp(-1, 0.5)), Normal().Clamp(-1, 0.5), Coarse);
        InitLaws.CheckSeededFill((t, g) => t.uniform_(-1, 1, g), Uniform(-1, 1), Coarse);
    }

    [Fact]
    public void Stated_laws_pass()
    {
        InitLaws.CheckFill(t => t.bernoulli_(0.5).mul_(2).sub_(1), StatedLaw.Discrete([-1, 1], [0.5, 0.5]), Coarse);
        double Laplace(double x) => x < 0 ? 0.5 * Math.Exp(x) : 1 - (0.5 * Math.Exp(-x));
        InitLaws.CheckFill(
            t => t.exponential_().mul_(zeros_like(t).bernoulli_(0.5).mul_(2).sub_(1)),
            StatedLaw.Continuous(Laplace, 0, Math.Sqrt(2), double.NegativeInfinity, double.PositiveInfinity),
            Coarse);
    }

    [Fact]
    public void Variance_is_kept_by_Kaiming_through_ReLU_and_by_Xavier_through_tanh()
    {
        InitLawReport kaiming = InitLaws.Check(Kaiming, new() { Activation = x => functional.relu(x), Properties = InitProperties.Variance });
        Assert.True(kaiming.Holds(InitProperties.Variance));
        InitLaws.Check(Xavier, new() { Activation = x => x.alias(), Properties = InitProperties.Variance });
        InitLaws.CheckFill(t => init.kaiming_normal_(t), Kaiming, new() { Activation = x => functional.relu(x), Properties = InitProperties.Variance });
        InitLaws.CheckModel(
            () => Sequential(("fc1", Linear(64, 64)), ("relu", ReLU()), ("fc2", Linear(64, 64))),
            When<Linear>().Weight(Kaiming).Bias(Zeros),
            new() { Input = () => randn(16, 64), Properties = InitProperties.Variance });
    }

    private sealed class Small : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv = Conv2d(3, 8, 3);
        private readonly BatchNorm2d norm = BatchNorm2d(8);
        private readonly Embedding wte = Embedding(30, 16);
        private readonly LSTM rnn = LSTM(16, 16);
        private readonly LayerNorm ln_1 = LayerNorm(16);
        private readonly MultiheadAttention attn = MultiheadAttention(16, 2);
        private readonly Linear c_proj = Linear(16, 16);
        private readonly Linear head = Linear(16, 10);

        public Small()
            : base(nameof(Small)) => RegisterComponents();

        public override Tensor forward(Tensor input) => head.forward(c_proj.forward(input));
    }
}
