namespace InitDsl.Tests;

/// <summary>Standard deviations and bounds against the published formulas, on layers whose fans differ.</summary>
public class ScaledLawTests
{
    private const double Inputs = 48;
    private const double Outputs = 20;

    public static TheoryData<string, double> Normals => new()
    {
        { "Kaiming", Math.Sqrt(2 / Inputs) },
        { "KaimingNormal", Math.Sqrt(2 / Inputs) },
        { "Kaiming.FanOut", Math.Sqrt(2 / Outputs) },
        { "Kaiming.FanAverage", Math.Sqrt(2 / ((Inputs + Outputs) / 2)) },
        { "Kaiming.LeakyReLU", Math.Sqrt(2 / (1 + 0.04) / Inputs) },
        { "Kaiming.Gain", 3 / Math.Sqrt(Inputs) },
        { "XavierNormal", Math.Sqrt(2 / (Inputs + Outputs)) },
        { "XavierNormal.Tanh", 5.0 / 3 * Math.Sqrt(2 / (Inputs + Outputs)) },
        { "LeCunNormal", Math.Sqrt(1 / Inputs) },
        { "XavierUniform", Math.Sqrt(2 / (Inputs + Outputs)) },
        { "Xavier", Math.Sqrt(2 / (Inputs + Outputs)) },
        { "KaimingUniform", Math.Sqrt(2 / Inputs) },
        { "LeCunUniform", Math.Sqrt(1 / Inputs) },
        { "VarianceScaling.Truncated", Math.Sqrt(0.5 / Outputs) },
    };

    private static Dictionary<string, Init> Inits => new()
    {
        ["Kaiming"] = Kaiming,
        ["KaimingNormal"] = KaimingNormal,
        ["Kaiming.FanOut"] = Kaiming.FanOut(),
        ["Kaiming.FanAverage"] = Kaiming.FanAverage(),
        ["Kaiming.LeakyReLU"] = Kaiming.For(Activation.LeakyReLU(0.2)),
        ["Kaiming.Gain"] = Kaiming.Gain(3),
        ["XavierNormal"] = XavierNormal,
        ["XavierNormal.Tanh"] = XavierNormal.For(Activation.Tanh),
        ["LeCunNormal"] = LeCunNormal,
        ["XavierUniform"] = XavierUniform,
        ["Xavier"] = Xavier,
        ["KaimingUniform"] = KaimingUniform,
        ["LeCunUniform"] = LeCunUniform,
        ["VarianceScaling.Truncated"] = VarianceScaling(0.5, FanMode.FanOut, Distribution.TruncatedNormal),
    };

    [Theory]
    [MemberData(nameof(Normals))]
    public void Standard_deviations_are_the_published_ones(string name, double std)
    {
        Law law = Compiling.LawOf(Inits[name], TestModel.Linear("fc", (long)Outputs, (long)Inputs)[0]);
        Assert.Equal(std, law.Std, 1e-12);
        Assert.Equal(0, law.Mean, 1e-15);
        bool uniform = name is "Xavier" || name.EndsWith("Uniform", StringComparison.Ordinal);
        Assert.Equal(uniform, law is UniformLaw);
        if (uniform)
        {
            Assert.Equal(Math.Sqrt(3) * std, law.Max, 1e-12);
            Assert.Equal(-law.Max, law.Min);
        }
    }

    [Fact]
    public void A_truncated_law_is_cut_at_two_of_its_own_deviations()
    {
        Law law = Compiling.LawOf(VarianceScaling(), TestModel.Tensor(new(8, 100)));
        var truncated = Assert.IsType<TruncatedNormalLaw>(law);
        Assert.Equal(0.1 / 0.87962566103423978, truncated.Spread, 1e-15);
        Assert.Equal(2 * truncated.Spread, truncated.Max, 1e-15);
    }

    [Theory]
    [InlineData("Linear", 1)]
    [InlineData("Sigmoid", 1)]
    [InlineData("Tanh", 5.0 / 3)]
    [InlineData("ReLU", 1.4142135623730951)]
    [InlineData("SELU", 0.75)]
    [InlineData("GELU", 1.5335304412)]
    [InlineData("GELUTanh", 1.5335805217)]
    [InlineData("SiLU", 1.6765324703)]
    [InlineData("ELU", 1.2451983007)]
    [InlineData("Mish", 1.4868475813)]
    [InlineData("Hardswish", 1.7366572127)]
    [InlineData("Softsign", 2.3375333631)]
    public void Gains_are_those_of_the_literature(string name, double gain)
    {
        var activation = (Activation)typeof(Activation).GetProperty(name)!.GetValue(null)!;
        Assert.Equal(gain, activation.Gain, 1e-10);
        Assert.Equal(name, activation.Name);
    }

    [Fact]
    public void Gains_by_quadrature_keep_the_mean_square_of_a_normal_input()
    {
        (Activation Activation, Func<double, double> Function)[] known =
        [
            (Activation.ReLU, z => Math.Max(0, z)),
            (Activation.LeakyReLU(0.2), z => z < 0 ? 0.2 * z : z),
            (Activation.GELU, z => z * StandardNormal.Cdf(z)),
            (Activation.GELUTanh, z => 0.5 * z * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (z + (0.044715 * z * z * z))))),
            (Activation.SiLU, z => z / (1 + Math.Exp(-z))),
            (Activation.ELU, z => z < 0 ? Math.Exp(z) - 1 : z),
            (Activation.Mish, z => z * Math.Tanh(Math.Log(1 + Math.Exp(z)))),
            (Activation.Hardswish, z => z * Math.Clamp(z + 3, 0, 6) / 6),
            (Activation.Softsign, z => z / (1 + Math.Abs(z))),
        ];
        Assert.All(known, pair =>
        {
            const double Step = 1e-3;
            double meanSquare = 0;
            for (double z = -12; z <= 12; z += Step)
            {
                double y = pair.Function(z);
                meanSquare += y * y * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * Step;
            }

            Assert.Equal(1 / Math.Sqrt(meanSquare), pair.Activation.Gain, 1e-5);
        });
    }

    [Fact]
    public void Fans_come_from_the_layer()
    {
        Assert.Equal(new FanCount(3 * 9, 16 * 9), FanAxes.Convolution(1).Count(new(16, 3, 3, 3)));
        Assert.Equal(new FanCount(2 * 9, 4 * 9), FanAxes.Convolution(4).Count(new(16, 2, 3, 3)));
        Assert.Equal(new FanCount(8 * 16 / 4.0, 6 * 16), FanAxes.TransposedConvolution(1, 4).Count(new(8, 6, 4, 4)));
        Assert.Equal(new FanCount(4 * 16 / 4.0, 6 * 16), FanAxes.TransposedConvolution(2, 4).Count(new(8, 6, 4, 4)));
        Assert.Equal(new FanCount(10, 32), FanAxes.Stacked(4).Count(new(128, 10)));
        Assert.Equal(new FanCount(6 * 7, 5), FanAxes.Bilinear.Count(new(5, 6, 7)));
        Assert.Equal(new FanCount(5, 6), FanAxes.InOut.Count(new(5, 6)));
    }

    [Fact]
    public void PyTorchs_fans_are_there_for_those_who_ask()
    {
        MemoryStore grouped = TestModel.Conv("conv", new(16, 2, 3, 3), groups: 4)[0];
        Assert.Equal(Math.Sqrt(2 / 36.0), Compiling.LawOf(Kaiming.FanOut(), grouped).Std, 1e-12);
        Assert.Equal(Math.Sqrt(2 / 144.0), Compiling.LawOf(Kaiming.FanOut().WithFans(Fans.Torch), grouped).Std, 1e-12);
    }

    [Fact]
    public void The_last_word_on_the_mode_counts()
    {
        static double Std(Init init) => Compiling.LawOf(init, TestModel.Linear("fc", (long)Outputs, (long)Inputs)[0]).Std;
        Assert.Equal(Math.Sqrt(2 / Inputs), Std(Kaiming.FanOut().FanIn()), 1e-12);
        Assert.Equal(Math.Sqrt(2 / Outputs), Std(Kaiming.FanIn().FanOut()), 1e-12);
        Assert.Equal(Math.Sqrt(1 / Inputs), Std(Xavier.FanIn()), 1e-12);
        Assert.Equal(Math.Sqrt(2 / (Inputs + Outputs)), Std(LeCunNormal.FanOut().FanAverage()), 1e-12);
    }

    [Property]
    public void Scale_multiplies_moments_and_bounds(NormalFloat factor)
    {
        double k = factor.Get % 1000;
        Law[] laws =
        [
            new ConstantLaw(0.5),
            new UniformLaw(-1, 3),
            new NormalLaw(2, 0.5),
            new TruncatedNormalLaw(0.5, 1, -1, 3),
            new OrthogonalLaw(3, 4, 2),
            new EyeLaw(3, 4, 1),
            new DiracLaw(new(4, 2, 3), 2, 1),
            new SparseLaw(10, 4, 0.3, 2),
            new ValuesLaw([1, -2, 5]),
            new PaddedLaw(new NormalLaw(1, 2), new(5, 2), 0),
            new ComplexLaw(new NormalLaw(1, 2), new NormalLaw(0, 2)),
            new LogOfUniformLaw(2, 5),
            new HadamardLaw(5, 3, 0.25),
            new UpsamplingLaw(new(3, 3, 4, 4), 1),
            new DiskLaw(3),
            new TruncatedComplexLaw(1, 2),
            new ClampedLaw(new NormalLaw(0, 1), -0.5, 2),
            new CastLaw(new UniformLaw(-1, 3), DType.Float16),
            new SumLaw(new UniformLaw(-1, 3), new NormalLaw(2, 1)),
            new MaskedLaw(new UniformLaw(1, 2), new([true, false, true]), -4),
            new SlicedLaw([new("a", 3, new NormalLaw(0, 1)), new("b", 1, new ConstantLaw(7))]),
            new RepeatedLaw(new UniformLaw(-1, 3), 2, 4),
            new CentredLaw(new OrthogonalLaw(4, 3, 2), 9, 4),
        ];
        Assert.All(laws, law =>
        {
            Law scaled = law.Scale(k);
            Near(k * law.Mean, scaled.Mean);
            Near(Math.Abs(k) * law.Std, scaled.Std);
            if (k != 0)
            {
                Near(k < 0 ? k * law.Max : k * law.Min, scaled.Min);
                Near(k < 0 ? k * law.Min : k * law.Max, scaled.Max);
            }
        });

        static void Near(double expected, double actual) =>
            Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{expected} {actual}");
    }
}
