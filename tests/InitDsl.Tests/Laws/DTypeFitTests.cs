namespace InitDsl.Tests;

/// <summary>What a dtype can hold, at its limits, and what becomes of laws without any spread.</summary>
public class DTypeFitTests
{
    private const double Infinity = double.PositiveInfinity;

    public static TheoryData<DType, double, double, double, double> Limits => new()
    {
        { DType.Float16, -65504, 65504, -65505, 65505 },
        { DType.BFloat16, -3.3895313892515355e38, 3.3895313892515355e38, -3.39e38, 3.39e38 },
        { DType.Float32, float.MinValue, float.MaxValue, -3.5e38, 3.5e38 },
        { DType.Complex64, float.MinValue, float.MaxValue, -3.5e38, 3.5e38 },
        { DType.Float64, double.MinValue, double.MaxValue, -Infinity, Infinity },
        { DType.Complex128, double.MinValue, double.MaxValue, -Infinity, Infinity },
        { DType.Int8, -128, 127, -129, 128 },
        { DType.UInt8, 0, 255, -1, 256 },
        { DType.Int16, -32768, 32767, -32769, 32768 },
        { DType.Int32, int.MinValue, int.MaxValue, int.MinValue - 1.0, int.MaxValue + 1.0 },
        { DType.Int64, -9007199254740992, 9007199254740992, -9007199254740994, 9007199254740994 },
        { DType.Bool, 0, 1, -1, 2 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Numbers_up_to_the_limits_of_a_dtype_fit_and_those_beyond_are_refused(DType dtype, double low, double high, double below, double above)
    {
        Assert.All([low, high, 0], value => Fits(new ConstantLaw(value), dtype));
        Assert.All([below, above], value => Refused("leaves the range of " + dtype, new ConstantLaw(value), dtype));
        Fits(new ValuesLaw([low, high]), dtype);
        Refused("leaves the range of " + dtype, new ValuesLaw([low, above]), dtype);
        Refused("leaves the range of " + dtype, new ValuesLaw([below, high]), dtype);
        Refused(dtype.IsReal() || dtype.IsComplex() ? "contains NaN" : "does not give whole numbers", new ConstantLaw(double.NaN), dtype);
    }

    [Fact]
    public void Draws_must_fit_as_far_as_nine_deviations_reach()
    {
        Law[] fitting =
        [
            new NormalLaw(65000, 50),
            new NormalLaw(-65000, 50),
            new SparseLaw(4, 4, 0.5, 7000),
            new TruncatedNormalLaw(0, 1, -Infinity, 1),
            new TruncatedNormalLaw(0, 1, -1, Infinity),
            new TruncatedNormalLaw(0, 1e5, -1, 1),
            new TruncatedNormalLaw(-65000, 50, -Infinity, -64000),
            new TruncatedNormalLaw(65000, 50, 64000, Infinity),
            new TruncatedNormalLaw(0, 50, 65000, Infinity),
            new ScaledLaw(Cast(0, 30_000), 2),
            new ScaledLaw(Cast(0, 30_000), -2),
            new SumLaw(new SparseLaw(4, 4, 0.5, 7000), new ConstantLaw(2000)),
            new UniformLaw(-65504, 65504),
            new ClampedLaw(new NormalLaw(0, 1e5), -5, 60_000),
        ];
        Assert.All(fitting, law => Fits(law, DType.Float16));
        Law[] tooLarge =
        [
            new NormalLaw(65000, 60),
            new NormalLaw(-65000, 60),
            new SparseLaw(4, 4, 0.5, 7300),
            new TruncatedNormalLaw(0, Infinity, -1, 1),
            new TruncatedNormalLaw(0, 0, -1, 1),
            new TruncatedNormalLaw(-65000, 60, -Infinity, -64000),
            new TruncatedNormalLaw(65000, 60, 64000, Infinity),
            new TruncatedNormalLaw(0, 60, 65000, Infinity),
            new TruncatedNormalLaw(0, 1, -66000, 1),
            new TruncatedNormalLaw(0, 1, -1, 66000),
            new ScaledLaw(Cast(0, 30_000), 3),
            new ScaledLaw(Cast(0, 30_000), -3),
            new ScaledLaw(Cast(-30_000, 0), 3),
            new ScaledLaw(Cast(-30_000, 0), -3),
            new SumLaw(new SparseLaw(4, 4, 0.5, 7000), new ConstantLaw(5000)),
            new SumLaw(new SparseLaw(4, 4, 0.5, 7000), new ConstantLaw(-5000)),
            new UniformLaw(-70_000, 0),
            new UniformLaw(0, 70_000),
            Blocks(new ConstantLaw(0), new ConstantLaw(-70_000)),
            Blocks(new ConstantLaw(0), new ConstantLaw(70_000)),
            new ClampedLaw(new NormalLaw(0, 1e5), -70_000, 5),
            new ClampedLaw(new NormalLaw(0, 1e5), -5, 70_000),
        ];
        Assert.All(tooLarge, law => Refused("leaves the range of Float16", law, DType.Float16));
    }

    [Fact]
    public void A_uniform_law_may_be_as_wide_as_the_largest_number_it_is_drawn_with()
    {
        Fits(new UniformLaw(0, float.MaxValue), DType.Float32);
        Refused("is wider than 3.40282E+38", new UniformLaw(-1e38, 3e38), DType.Float32);
        Refused("is wider than", Blocks(new ConstantLaw(1), new UniformLaw(-1e38, 3e38)), DType.Float32);
        Fits(new UniformLaw(-1e300, 1e300), DType.Float64);
        Refused("is wider than 1.79769E+308", new UniformLaw(-1e308, 1e308), DType.Float64);
    }

    [Fact]
    public void A_spread_below_the_smallest_step_is_refused_and_one_of_it_fits()
    {
        (DType DType, double Step)[] steps =
        [
            (DType.Float16, Math.Pow(2, -24)),
            (DType.BFloat16, Math.Pow(2, -133)),
            (DType.Float32, float.Epsilon),
            (DType.Float64, double.Epsilon),
        ];
        Assert.All(steps, pair =>
        {
            Fits(new NormalLaw(0, pair.Step), pair.DType);
            if (pair.Step > double.Epsilon)
            {
                Refused("has a spread below", new NormalLaw(0, pair.Step / 2), pair.DType);
            }
        });
        Law[] narrow =
        [
            new UniformLaw(0, 1e-9),
            new NormalLaw(0, 1e-9),
            new TruncatedNormalLaw(0, 1e-9, -1, 1),
            new OrthogonalLaw(2, 2, 1e-9),
            new BlockOrthogonalLaw(new(4, 4, 3), 1e-9),
            new LogOfUniformLaw(1, 1 + 1e-9),
            new SparseLaw(4, 4, 0.5, 1e-9),
            new ScaledLaw(Cast(0, 1), 1e-9),
            new SumLaw(new NormalLaw(0, 1e-9), new NormalLaw(0, 1e-9)),
            Blocks(new NormalLaw(0, 1), new NormalLaw(0, 1e-9)),
            Blocks(new ConstantLaw(1), new NormalLaw(0, 1e-9)),
        ];
        Assert.All(narrow, law => Refused("has a spread below 5.96046E-08, the smallest step of Float16", law, DType.Float16));
        Law[] wide =
        [
            new SumLaw(new NormalLaw(0, 1), new NormalLaw(0, 1e-9)),
            new SumLaw(new NormalLaw(0, 1e-9), new NormalLaw(0, 1)),
            new ScaledLaw(Cast(0, 1), 1e-3),
            new ConstantLaw(1e-9),
            new EyeLaw(2, 2, 1e-9),
            Blocks(new NormalLaw(0, 1), new NormalLaw(0, 1)),
        ];
        Assert.All(wide, law => Fits(law, DType.Float16));
        Refused("has a spread below", new NormalLaw(0, 1e-46), DType.Complex64);
        Refused("has a spread below", new DiskLaw(1e-46), DType.Complex64);
        Fits(new DiskLaw(1), DType.Complex64);
    }

    [Fact]
    public void A_law_without_any_spread_is_a_constant()
    {
        Law[] zeros =
        [
            new SparseLaw(2, 2, 0.5, 0),
            new OrthogonalLaw(2, 2, 0),
            new EyeLaw(2, 2, 0),
            new DiracLaw(new(2, 2, 3), 1, 0),
            new HadamardLaw(2, 2, 0),
            new UpsamplingLaw(new(2, 2, 3), 0),
            new BlockOrthogonalLaw(new(2, 2, 3), 0),
            new NormalLaw(0, 0),
            new UniformLaw(0, 0),
            new RepeatedLaw(new EyeLaw(2, 2, 0), 2, 2),
            new ScaledLaw(new NormalLaw(0, 0), 3),
            new ClampedLaw(new NormalLaw(0, 0), -1, 2),
            new CastLaw(new NormalLaw(0, 0), DType.Float16),
            new SumLaw(new NormalLaw(2, 0), new ConstantLaw(-2)),
        ];
        Assert.All(zeros, law => Assert.Equal(new ConstantLaw(0), Fits(law, DType.Float32)));
        Assert.All<Law>([new DiskLaw(0), new TruncatedComplexLaw(0, 2)], law =>
            Assert.Equal(new ComplexLaw(new ConstantLaw(0), new ConstantLaw(0)), Fits(law, DType.Complex64)));
        Assert.Equal(new ConstantLaw(3), Fits(new UniformLaw(3, 3), DType.Float32));
    }

    [Fact]
    public void Only_whole_numbers_go_into_whole_numbers()
    {
        Law[] whole =
        [
            new EyeLaw(2, 2, -3),
            new HadamardLaw(2, 2, 3),
            new ClampedLaw(new EyeLaw(2, 2, 5), 1, 3),
            new MaskedLaw(new EyeLaw(1, 2, 2), new([true, false]), 3),
            Blocks(new ConstantLaw(1), new ConstantLaw(2)),
        ];
        Assert.All(whole, law => Assert.Equal(law, Fits(law, DType.Int32)));
        Law[] broken =
        [
            new EyeLaw(2, 2, -0.5),
            new EyeLaw(2, 2, 0.5),
            new ClampedLaw(new EyeLaw(2, 2, 1), 0.5, 1),
            new ClampedLaw(new EyeLaw(2, 2, 1), 0, 0.5),
            new MaskedLaw(new EyeLaw(1, 2, 2), new([true, false]), 0.5),
            new ScaledLaw(new EyeLaw(2, 2, 1), 0.5),
            Blocks(new ConstantLaw(1), new ConstantLaw(0.5)),
            new NormalLaw(0, 1),
        ];
        Assert.All(broken, law => Refused("does not give whole numbers, and the dtype is Int32.", law, DType.Int32));
    }

    private static CastLaw Cast(double low, double high) => new(new UniformLaw(low, high), DType.Float32);

    private static SlicedLaw Blocks(Law first, Law second) => new([new("block 0/2", 2, first), new("block 1/2", 2, second)]);

    private static Law Fits(Law law, DType dtype)
    {
        Resolution found = DTypeFit.Fit(law, TestModel.Tensor(new(2, 2), dtype).Spec);
        Assert.True(found.Law is not null, found.Problem.What);
        return found.Law;
    }

    private static void Refused(string what, Law law, DType dtype)
    {
        Resolution found = DTypeFit.Fit(law, TestModel.Tensor(new(2, 2), dtype).Spec);
        Assert.Null(found.Law);
        Assert.Contains(what, found.Problem.What, StringComparison.Ordinal);
    }
}
