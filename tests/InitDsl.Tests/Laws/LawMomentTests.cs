namespace InitDsl.Tests;

/// <summary>Moments, bounds, scaling, text and distribution functions of every law, against its elements or numbers known by hand.</summary>
public class LawMomentTests
{
    private static readonly StreamKey Key = StreamKey.Of(7, "w");

    public static TheoryData<int> Exact => [.. Enumerable.Range(0, ExactLaws.Length)];

    public static TheoryData<int> Drawn => [.. Enumerable.Range(0, DrawnLaws.Length)];

    /// <summary>Laws whose elements are known in advance, and how many elements they have.</summary>
    private static (Law Law, int Elements)[] ExactLaws =>
    [
        (new ConstantLaw(-2), 5),
        (new EyeLaw(3, 5, -2), 15),
        (new EyeLaw(5, 3, 4), 15),
        (new DiracLaw(new(4, 3, 3), 1, -2), 36),
        (new DiracLaw(new(6, 2, 3), 2, 4), 36),
        (new DiracLaw(new(4, 3, 3), 2, 3), 36),
        (new DiracLaw(new(2, 5, 2, 3), 1, 3), 60),
        (new HadamardLaw(5, 3, -0.25), 15),
        (new HadamardLaw(3, 6, 2), 18),
        (new HadamardLaw(1, 4, -2), 4),
        (new HadamardLaw(4, 1, 2), 4),
        (new HadamardLaw(2, 2, 3), 4),
        (new UpsamplingLaw(new(4, 2, 3, 4), -2), 96),
        (new UpsamplingLaw(new(3, 1, 4), 3), 12),
        (new UpsamplingLaw(new(2, 1, 3, 4), -3), 24),
        (new UpsamplingLaw(new(3, 3, 5), 0.5), 45),
        (new ValuesLaw([1, -2, 5, 6]), 4),
        (new ValuesLaw([3, 3]), 2),
        (new MaskedLaw(new ConstantLaw(2), new([true, false, true]), -4), 3),
        (new MaskedLaw(new ConstantLaw(2), new([true, true]), -4), 2),
        (new MaskedLaw(new ConstantLaw(2), new([false, false]), -4), 2),
        (new MaskedLaw(new ConstantLaw(-2), new([false, true])), 2),
        (new CentredLaw(new ConstantLaw(3), 5, 2), 30),
        (new CentredLaw(new ConstantLaw(-3), 5, 2), 30),
        (new CentredLaw(new ConstantLaw(3), 1, 0), 6),
        (new CentredLaw(new ConstantLaw(-3), 1, 0), 6),
        (new SlicedLaw([new("a", 2, new ConstantLaw(3)), new("b", 6, new ConstantLaw(-1))]), 8),
        (new RepeatedLaw(new ValuesLaw([1, 2, -4, 8]), 3, 2), 12),
        (new SumLaw(new ConstantLaw(3), new ValuesLaw([1, -2, 5])), 3),
        (new SumLaw(new ValuesLaw([1, -2, 5]), new ConstantLaw(-3)), 3),
        (new ScaledLaw(new ValuesLaw([1, -2, 5]), -2), 3),
        (new ScaledLaw(new ValuesLaw([1, -2, 5]), 3), 3),
        (new CastLaw(new ValuesLaw([1, -2, 5]), DType.Float16), 3),
        (new PaddedLaw(new ConstantLaw(2), new(4, 3), 1), 12),
        (new PaddedLaw(new ConstantLaw(-2), new(4, 3), 0), 12),
        (new OverlaidLaw(new ConstantLaw(1), new(10, 2), [new(2, 5, new ConstantLaw(7)), new(4, 6, new ConstantLaw(-3))]), 20),
        (new OverlaidLaw(Blocks(1, 5), new(10, 2), [new(0, 3, new ConstantLaw(-7)), new(9, 10, new ConstantLaw(4))]), 20),
        (new OverlaidLaw(Blocks(9, 5), new(10, 2), [new(0, 4, new ConstantLaw(-7)), new(3, 7, new ConstantLaw(4))]), 20),
        (new OverlaidLaw(new ConstantLaw(1), new(4, 2), [new(1, 3, new ValuesLaw([1, 5, -6, 2]))]), 8),
    ];

    /// <summary>Laws that are drawn: mean, deviation, bounds, and whether the elements are independent, and alike.</summary>
    private static (Law Law, double Mean, double Std, double Min, double Max, bool Independent, bool Homogeneous)[] DrawnLaws
    {
        get
        {
            const double Infinity = double.PositiveInfinity;
            (double mean, double std) = MomentsOfLog(2, 5);
            double cut = 1.5 * Math.Sqrt(1 - (4 / (Math.Exp(4) - 1)));
            var normal = new NormalLaw(2, 0.5);
            var uniform = new UniformLaw(-1, 3);
            double spread = 4 / Math.Sqrt(12);
            return
            [
                (uniform, 1, spread, -1, 3, true, true),
                (normal, 2, 0.5, -Infinity, Infinity, true, true),
                (new TruncatedNormalLaw(0.5, 1e6, -1, 3), 1, spread, -1, 3, true, true),
                (new LogOfUniformLaw(2, 5), mean, std, Math.Log(2), Math.Log(5), true, true),
                (new OrthogonalLaw(3, 4, -2), 0, 1, -2, 2, false, true),
                (new OrthogonalLaw(16, 4, 2), 0, 0.5, -2, 2, false, true),
                (new BlockOrthogonalLaw(new(8, 4, 3), -2), 0, 2 / Math.Sqrt(24), -2, 2, false, false),
                (new SparseLaw(10, 4, 0.25, 2), 0, 2 * Math.Sqrt(0.7), -Infinity, Infinity, false, true),
                (new DiskLaw(3), 0, 3 / Math.Sqrt(2), -3, 3, false, true),
                (new TruncatedComplexLaw(1.5, 2), 0, cut, -3, 3, false, true),
                (new ComplexLaw(new NormalLaw(1, 3), new NormalLaw(0, 4)), 1, 5, -Infinity, Infinity, false, true),
                (new ComplexLaw(uniform, new UniformLaw(-5, 2)), 1, Math.Sqrt((16 + 49) / 12.0), -5, 3, false, true),
                (new ComplexLaw(new UniformLaw(-5, 2), uniform), -1.5, Math.Sqrt((16 + 49) / 12.0), -5, 3, false, true),
                (new ComplexLaw(normal, new EyeLaw(1, 2, 2)), 2, Math.Sqrt(1.25), -Infinity, Infinity, false, false),
                (new ComplexLaw(new EyeLaw(1, 2, 2), normal), 1, Math.Sqrt(1.25), -Infinity, Infinity, false, false),
                (new ClampedLaw(uniform, -2, 1), 0.5, Math.Sqrt(5 / 12.0), -1, 1, true, true),
                (new ClampedLaw(uniform, 1, 9), 1.5, Math.Sqrt(5 / 12.0), 1, 3, true, true),
                (new CastLaw(new UniformLaw(-0.1, 0.3), DType.BFloat16), 0.1, 0.4 / Math.Sqrt(12), -0.10009765625, 0.30078125, true, true),
                (new ScaledLaw(new CastLaw(uniform, DType.Float32), -2), -2, 2 * spread, -6, 2, true, true),
                (new ScaledLaw(new OrthogonalLaw(3, 4, 2), 3), 0, 3, -6, 6, false, true),
                (new ScaledLaw(new EyeLaw(1, 2, 2), 3), 3, 3, 0, 6, false, false),
                (new SumLaw(uniform, normal), 3, Math.Sqrt((16 / 12.0) + 0.25), -Infinity, Infinity, true, true),
                (new SumLaw(new OrthogonalLaw(2, 9, 3), uniform), 1, Math.Sqrt((16 / 12.0) + 1), -4, 6, false, true),
                (new SumLaw(uniform, new EyeLaw(1, 2, 2)), 2, Math.Sqrt((16 / 12.0) + 1), -1, 5, false, false),
                (new SumLaw(new EyeLaw(1, 2, 2), uniform), 2, Math.Sqrt((16 / 12.0) + 1), -1, 5, false, false),
                (new SumLaw(new BlockOrthogonalLaw(new(8, 4, 3), 2), new EyeLaw(1, 2, 2)), 1, double.NaN, -2, 4, false, false),
                (new MaskedLaw(uniform, new([true, false])), 0.5, Math.Sqrt((8 / 12.0) + 0.25), -1, 3, false, false),
                (new MaskedLaw(new UniformLaw(1, 3), new([true, false])), 1, Math.Sqrt((2 / 12.0) + 1), 0, 3, false, false),
                (new MaskedLaw(new UniformLaw(-3, -1), new([true, false])), -1, Math.Sqrt((2 / 12.0) + 1), -3, 0, false, false),
                (new MaskedLaw(new UniformLaw(1, 3), new([true, true])), 2, 2 / Math.Sqrt(12), 1, 3, false, false),
                (new MaskedLaw(new UniformLaw(1, 3), new([false, false])), 0, 0, 0, 0, false, false),
                (new MaskedLaw(new DiskLaw(2), new([true, false])), 0, 1, -2, 2, false, false),
                (new MaskedLaw(new BlockOrthogonalLaw(new(8, 4, 3), 2), new([true, false])), double.NaN, double.NaN, -2, 2, false, false),
                (new PaddedLaw(new UniformLaw(1, 3), new(2, 5), 0), 1, Math.Sqrt((2 / 12.0) + 1), 0, 3, false, false),
                (new PaddedLaw(new UniformLaw(-3, -1), new(2, 5), 0), -1, Math.Sqrt((2 / 12.0) + 1), -3, 0, false, false),
                (new RepeatedLaw(uniform, 2, 1), 1, spread, -1, 3, false, true),
                (new RepeatedLaw(new EyeLaw(1, 2, 2), 2, 1), 1, 1, 0, 2, false, false),
                (new CentredLaw(new UniformLaw(1, 3), 2, 1), 1, Math.Sqrt((2 / 12.0) + 1), 0, 3, false, false),
                (new CentredLaw(new UniformLaw(1, 3), 1, 0), 2, 2 / Math.Sqrt(12), 1, 3, false, false),
                (new SlicedLaw([new("a", 1, new ConstantLaw(4)), new("b", 1, new UniformLaw(-1, 1))]), 2, Math.Sqrt(4 + (2 / 12.0)), -1, 4, false, false),
                (new SlicedLaw([new("a", 1, new UniformLaw(-9, -1)), new("b", 1, new UniformLaw(1, 9))]), 0, Math.Sqrt(25 + (64 / 12.0)), -9, 9, false, false),
                (new KeptLaw(), double.NaN, double.NaN, -Infinity, Infinity, false, false),
                (new ConstantLaw(3), 3, 0, 3, 3, true, true),
                (new ValuesLaw([1, 3]), 2, 1, 1, 3, false, false),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Exact))]
    public void Moments_and_bounds_are_those_of_the_elements_and_scale_with_them(int number)
    {
        (Law law, int elements) = ExactLaws[number];
        double[] values = Filled(law, elements);
        Assert.False(law.IsRandom);
        Assert.All([1, -3, 0.5], factor => Are([.. values.Select(value => value * factor)], factor == 1 ? law : law.Scale(factor)));
        Assert.All(Filled(law.Scale(0), elements), value => Assert.Equal(0, value));
        Assert.All(Filled(law.Scale(-3), elements).Zip(values), pair => Assert.Equal(-3 * pair.Second, pair.First, 1e-12));

        void Are(double[] expected, Law actual)
        {
            double mean = expected.Average();
            Assert.Equal(mean, actual.Mean, 1e-12);
            Assert.Equal(Math.Sqrt(expected.Average(value => (value - mean) * (value - mean))), actual.Std, 1e-12);
            Assert.Equal(expected.Min(), actual.Min, 1e-12);
            Assert.Equal(expected.Max(), actual.Max, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Drawn))]
    public void Moments_and_bounds_of_drawn_laws_are_the_known_ones(int number)
    {
        (Law law, double mean, double std, double min, double max, bool independent, bool homogeneous) = DrawnLaws[number];
        Assert.Equal(mean, law.Mean, 1e-7);
        Assert.Equal(std, law.Std, 1e-7);
        Assert.Equal(min, law.Min, 1e-12);
        Assert.Equal(max, law.Max, 1e-12);
        Assert.Equal((independent, homogeneous), (law.Independent, law.Homogeneous));
        Assert.Equal(law is not (KeptLaw or ConstantLaw or ValuesLaw or ScaledLaw { Inner: EyeLaw } or RepeatedLaw { Inner: EyeLaw }), law.IsRandom);
    }

    [Fact]
    public void Complex_constants_have_the_bounds_of_either_part_and_are_not_drawn()
    {
        var law = new ComplexLaw(new ConstantLaw(2), new ConstantLaw(-3));
        Assert.Equal((2, 0, -3, 2, false, 2), (law.Mean, law.Std, law.Min, law.Max, law.IsRandom, law.Components));
        Assert.Equal("Const(2) + Const(-3)·i", law.ToString());
    }

    [Fact]
    public void Of_no_elements_the_moments_are_0()
    {
        Law[] empty =
        [
            new EyeLaw(0, 3, 2),
            new EyeLaw(3, 0, 2),
            new DiracLaw(new(0, 2, 3), 1, 2),
            new DiracLaw(new(2, 0, 3), 1, 2),
            new HadamardLaw(0, 3, 2),
            new HadamardLaw(3, 0, 2),
            new UpsamplingLaw(new(2, 0, 3), 2),
            new UpsamplingLaw(new(0, 2, 3), 2),
            new UpsamplingLaw(new(0, 0, 3), 2),
            new OrthogonalLaw(0, 3, 2),
            new OrthogonalLaw(3, 0, 2),
            new BlockOrthogonalLaw(new(0, 2, 3), 2),
            new BlockOrthogonalLaw(new(0, 0, 3), 2),
            new SparseLaw(0, 3, 0.5, 2),
            new SlicedLaw([new("a", 0, new NormalLaw(1, 2)), new("b", 0, new ConstantLaw(4))]),
            new OverlaidLaw(new ConstantLaw(1), new(0, 3), []),
            new OverlaidLaw(new ConstantLaw(1), new(3, 0), [new(0, 1, new ConstantLaw(2))]),
            new ValuesLaw([]),
        ];
        Assert.All(empty, law => Assert.Equal((0, 0), (law.Mean, law.Std)));
        Assert.Equal(1, new MaskedLaw(new NormalLaw(2, 3), new([])).Share);
    }

    [Fact]
    public void Factors_scale_the_parameters_of_a_law_and_0_leaves_the_constant_0()
    {
        Law[] laws =
        [
            new DiskLaw(3),
            new TruncatedComplexLaw(1, 2),
            new CastLaw(new UniformLaw(-1, 3), DType.Float16),
            new ClampedLaw(new NormalLaw(0, 1), -1, 2),
            new LogOfUniformLaw(2, 5),
            new ScaledLaw(new LogOfUniformLaw(2, 5), 3),
            new TruncatedNormalLaw(0, 1, -1, 2),
            new ConstantLaw(4),
        ];
        Assert.All(laws, law => Assert.Equal(new ConstantLaw(0), law.Scale(0)));
        Assert.Equal(new ConstantLaw(0), new TruncatedNormalLaw(0, 1, -0.1, 0.1).Scale(double.Epsilon));
        Assert.Same(laws[4], laws[4].Scale(1));
        Assert.Equal(new ScaledLaw(new LogOfUniformLaw(2, 5), 6), laws[5].Scale(2));
        Assert.Equal(new DiskLaw(6), laws[0].Scale(-2));
        Assert.Equal(new TruncatedComplexLaw(2, 2), laws[1].Scale(-2));
        Assert.Equal(new SparseLaw(3, 4, 0.5, 6), new SparseLaw(3, 4, 0.5, 2).Scale(-3));
        Assert.Equal(new TruncatedNormalLaw(-3, 6, -12, 9), new TruncatedNormalLaw(1, 2, -3, 4).Scale(-3));
        Assert.Equal(new TruncatedNormalLaw(3, 6, -9, 12), new TruncatedNormalLaw(1, 2, -3, 4).Scale(3));
        Assert.Equal(new NormalLaw(-3, 6), new NormalLaw(1, 2).Scale(-3));
        Assert.Equal(new OrthogonalLaw(2, 3, -6), new OrthogonalLaw(2, 3, 2).Scale(-3));
        Assert.Equal(new UniformLaw(-12, 9), new UniformLaw(-3, 4).Scale(-3));
        Assert.Equal(new UniformLaw(-9, 12), new UniformLaw(-3, 4).Scale(3));
        Assert.Equal(new MaskedLaw(new ConstantLaw(-4), new([true]), -10), new MaskedLaw(new ConstantLaw(2), new([true]), 5).Scale(-2));
    }

    [Fact]
    public void Distribution_functions_give_the_probability_of_at_most_a_number()
    {
        double tail = StandardNormal.UpperTail(10);
        (Law Law, double X, double Probability)[] known =
        [
            (new UniformLaw(-1, 3), -1, 0),
            (new UniformLaw(-1, 3), -4, 0),
            (new UniformLaw(-1, 3), 0, 0.25),
            (new UniformLaw(-1, 3), 2, 0.75),
            (new UniformLaw(-1, 3), 5, 1),
            (new NormalLaw(2, 3), 2, 0.5),
            (new NormalLaw(2, 3), 5, StandardNormal.Cdf(1)),
            (new LogOfUniformLaw(2, 6), Math.Log(3), 0.25),
            (new LogOfUniformLaw(2, 6), Math.Log(5), 0.75),
            (new LogOfUniformLaw(2, 6), 0, 0),
            (new LogOfUniformLaw(2, 6), 9, 1),
            (new ScaledLaw(new LogOfUniformLaw(2, 6), 3), 3 * Math.Log(3), 0.25),
            (new ScaledLaw(new LogOfUniformLaw(2, 6), -3), -3 * Math.Log(3), 0.75),
            (new ScaledLaw(new LogOfUniformLaw(2, 6), -3), -3 * Math.Log(5), 0.25),
            (new TruncatedNormalLaw(0.5, 1e9, -1, 3), 0, 0.25),
            (new TruncatedNormalLaw(1, 2, 0, 2), 1, 0.5),
            (new TruncatedNormalLaw(1, 2, -1, 9), -2, 0),
            (new TruncatedNormalLaw(1, 2, -1, 9), 12, 1),
            (new TruncatedNormalLaw(1, 2, -1, 9), 3, (StandardNormal.Cdf(1) - StandardNormal.Cdf(-1)) / (StandardNormal.Cdf(4) - StandardNormal.Cdf(-1))),
            (new TruncatedNormalLaw(0, 1, -0.5, 3), 0.5, (StandardNormal.Cdf(0.5) - StandardNormal.Cdf(-0.5)) / (StandardNormal.Cdf(3) - StandardNormal.Cdf(-0.5))),
            (new TruncatedNormalLaw(1, 2, 21, 23), 21.2, (tail - StandardNormal.UpperTail(10.1)) / (tail - StandardNormal.UpperTail(11))),
            (new TruncatedNormalLaw(1, 2, -21, -19), -19.2, 1 - ((tail - StandardNormal.UpperTail(10.1)) / (tail - StandardNormal.UpperTail(11)))),
            (new ClampedLaw(new UniformLaw(-1, 3), 0, 2), -0.5, 0),
            (new ClampedLaw(new UniformLaw(-1, 3), 0, 2), 0, 0.25),
            (new ClampedLaw(new UniformLaw(-1, 3), 0, 2), 1, 0.5),
            (new ClampedLaw(new UniformLaw(-1, 3), 0, 2), 2, 1),
            (new ClampedLaw(new UniformLaw(-1, 3), 0, 2), 2.5, 1),
        ];
        Assert.All(known, at => Assert.Equal(at.Probability, at.Law.Cdf(at.X), 1e-11));
        Assert.All(known, at => Assert.Equal((0.0, 1.0), (at.Law.Cdf(double.NegativeInfinity), at.Law.Cdf(double.PositiveInfinity))));
        Assert.All<Law>([new OrthogonalLaw(2, 2, 1), new DiskLaw(1)], law => Assert.Equal(double.NaN, law.Cdf(0)));
        Assert.Equal(0.25, new DiskLaw(2).ModulusCdf(1), 1e-15);
        Assert.Equal(1, new DiskLaw(2).ModulusCdf(3), 1e-15);
        Assert.Equal((1 - Math.Exp(-1)) / (1 - Math.Exp(-4)), new TruncatedComplexLaw(3, 2).ModulusCdf(3), 1e-15);
        Assert.Equal(1, new TruncatedComplexLaw(3, 2).ModulusCdf(7));
        Assert.All<CircularLaw>([new DiskLaw(2), new TruncatedComplexLaw(3, 2)], law => Assert.Equal(0.3, law.ModulusCdf(law.Modulus(0.3)), 1e-14));
    }

    [Fact]
    public void A_law_between_two_numbers_is_cut_at_the_nearer_bounds()
    {
        Assert.Equal(new UniformLaw(-1, 1), new UniformLaw(-1, 3).Between(-5, 1));
        Assert.Equal(new UniformLaw(0, 3), new UniformLaw(-1, 3).Between(0, 5));
        Assert.Equal(new TruncatedNormalLaw(1, 2, 0, 3), new TruncatedNormalLaw(1, 2, -1, 3).Between(0, 5));
        Assert.Equal(new TruncatedNormalLaw(1, 2, -1, 2), new TruncatedNormalLaw(1, 2, -1, 3).Between(-5, 2));
        Assert.Equal(new TruncatedNormalLaw(1, 2, -5, 2), new NormalLaw(1, 2).Between(-5, 2));
        Assert.Equal("LogOfUniform(3, 6)", new LogOfUniformLaw(2, 6).Between(Math.Log(3), 9)!.ToString());
        Assert.Equal("LogOfUniform(2, 5)", new LogOfUniformLaw(2, 6).Between(-9, Math.Log(5))!.ToString());
        Assert.Equal("LogOfUniform(3, 5) × 2", new ScaledLaw(new LogOfUniformLaw(2, 6), 2).Between(2 * Math.Log(3), 2 * Math.Log(5))!.ToString());
        Assert.Equal("LogOfUniform(3, 5) × -2", new ScaledLaw(new LogOfUniformLaw(2, 6), -2).Between(-2 * Math.Log(5), -2 * Math.Log(3))!.ToString());
        Assert.Null(new OrthogonalLaw(2, 2, 1).Between(0, 1));
    }

    [Fact]
    public void Symmetric_laws_know_their_centre_and_others_have_none()
    {
        Assert.Equal(3, new TruncatedNormalLaw(3, 2, 1, 5).Centre);
        Assert.Null(new TruncatedNormalLaw(3, 2, 1, 6).Centre);
        Assert.Null(new TruncatedNormalLaw(3, 2, -4, 4).Centre);
        Assert.Equal(3, new ClampedLaw(new NormalLaw(3, 2), 1, 5).Centre);
        Assert.Null(new ClampedLaw(new NormalLaw(3, 2), 1, 6).Centre);
        Assert.Null(new ClampedLaw(new NormalLaw(3, 2), -4, 4).Centre);
        Assert.Equal(1, new UniformLaw(-1, 3).Centre);
        Assert.Equal(2, new NormalLaw(2, 3).Centre);
        Assert.Null(new LogOfUniformLaw(1, 3).Centre);
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(1, 783)]
    [InlineData(1, 1.018)]
    [InlineData(1, 1.0000001)]
    public void The_deviation_of_a_logarithm_is_right_for_wide_and_narrow_bounds(double low, double high)
    {
        (double mean, double std) = MomentsOfLog(low, high);
        var law = new LogOfUniformLaw(low, high);
        Assert.Equal(mean, law.Mean, 1e-9);
        Assert.Equal(1, law.Std / std, 1e-7);
    }

    [Fact]
    public void Clamping_keeps_a_law_within_the_bounds_and_makes_one_outside_a_constant()
    {
        var law = new UniformLaw(-1, 3);
        Assert.All([(-1, 3), (-1, 4), (-2, 3), (-2, 4)], bounds => Assert.Same(law, law.Clamp(bounds.Item1, bounds.Item2)));
        Assert.All([3, 4], low => Assert.Equal(new ConstantLaw(low), law.Clamp(low, 9)));
        Assert.All([-1, -2], high => Assert.Equal(new ConstantLaw(high), law.Clamp(-9, high)));
        Assert.Equal(new ConstantLaw(1), law.Clamp(1, 1));
        Assert.All([(0, 3), (-1, 2), (0, 2), (-5, 2), (0, 5)], bounds =>
            Assert.Equal(new ClampedLaw(law, bounds.Item1, bounds.Item2), law.Clamp(bounds.Item1, bounds.Item2)));
        Assert.Equal(new ClampedLaw(law, 0, 2), new ClampedLaw(law, -0.5, 2).Clamp(0, 9));
        Assert.Equal(new ClampedLaw(new UniformLaw(-6, 2), -4, 0), new ClampedLaw(law, 0, 2).Scale(-2));
        Assert.Equal(new ClampedLaw(new UniformLaw(-2, 6), 0, 4), new ClampedLaw(law, 0, 2).Scale(2));
    }

    [Fact]
    public void Roots_of_sums_of_squares_neither_overflow_nor_vanish()
    {
        Assert.Equal([1, 1, 1, 1, 2, 2, 0.25, 4], new[] { 0, double.NaN, double.PositiveInfinity, 1, 3, -3, 0.3, 4 }.Select(Magnitude.Of));
        Assert.All([1, 1e200, 1e-200], unit => Assert.Equal(5, Magnitude.Root(3 * unit, -4 * unit) / unit, 1e-14));
        Assert.All([1, 1e200, 1e-200], unit => Assert.Equal(13, Magnitude.Root(-12 * unit, 5 * unit) / unit, 1e-13));
        Assert.Equal([0, 7, 7, 1e200, 1e200], new[] { (0.0, 0.0), (7, 0), (0, -7), (1e200, 1), (1, 1e200) }.Select(pair => Magnitude.Root(pair.Item1, pair.Item2)));
    }

    [Fact]
    public void Mixtures_leave_out_what_has_no_share_and_hold_large_numbers()
    {
        (double Share, Law Law)[] parts = [(0, new KeptLaw()), (0.25, new UniformLaw(1, 3)), (0.75, new ConstantLaw(-2)), (0, new KeptLaw())];
        Assert.Equal(-1, Mixture.Mean(parts), 1e-15);
        Assert.Equal(Math.Sqrt((0.25 / 3) + (0.25 * 9) + 0.75), Mixture.Std(parts), 1e-14);
        Assert.Equal((0, 0), (Mixture.Mean([]), Mixture.Std([])));
        Assert.All([1e200, 1e-200], unit =>
        {
            Assert.Equal(1 / Math.Sqrt(2), Mixture.Std([(0.5, new NormalLaw(0, unit)), (0.5, new NormalLaw(0, unit * 1e-200))]) / unit, 1e-14);
            Assert.Equal(1, Mixture.Std([(0.5, new ConstantLaw(unit)), (0.5, new ConstantLaw(-unit))]) / unit, 1e-14);
        });
    }

    [Fact]
    public void Texts_name_the_law_and_leave_out_what_is_1()
    {
        (Law Law, string Text)[] known =
        [
            (new EyeLaw(2, 3, 1), "Eye"),
            (new EyeLaw(2, 3, 2), "Eye × 2"),
            (new DiracLaw(new(4, 4, 3), 1, 1), "Dirac"),
            (new DiracLaw(new(4, 4, 3), 1, 3), "Dirac × 3"),
            (new DiracLaw(new(4, 2, 3), 2, 1), "Dirac(2)"),
            (new UpsamplingLaw(new(4, 4, 3), 1), "Upsampling"),
            (new UpsamplingLaw(new(4, 4, 3), 0.5), "Upsampling × 0.5"),
            (new CentredLaw(new EyeLaw(2, 3, 1), 1, 0), "Eye"),
            (new CentredLaw(new EyeLaw(2, 3, 1), 9, 4), "Eye at kernel position 4 of 9"),
            (new MaskedLaw(new EyeLaw(2, 3, 1), new([true, false, false, false])), "Eye where masked (25%), 0 elsewhere"),
            (new SlicedLaw([new("a", 2, new EyeLaw(1, 2, 1)), new("b", 2, new ConstantLaw(3))]), "Eye | Const(3)"),
            (new SlicedLaw([new("a", 2, new ConstantLaw(3)), new("b", 2, new ConstantLaw(3))]), "Const(3) in 2 blocks"),
            (new ScaledLaw(new LogOfUniformLaw(1, 2), -3), "LogOfUniform(1, 2) × -3"),
            (new SumLaw(new EyeLaw(2, 3, 1), new ConstantLaw(3)), "Eye + Const(3)"),
            (new PaddedLaw(new NormalLaw(0, 1), new(3, 2), 1), "Normal(0, 1), row 1 zero"),
            (new SparseLaw(4, 4, 0.5, 2), "Sparse(0.5, 2)"),
            (new DiskLaw(2), "Disk(2)"),
            (new TruncatedComplexLaw(1, 2), "TruncatedComplex(1, 2)"),
            (new KeptLaw(), "kept"),
        ];
        Assert.All(known, pair => Assert.Equal(pair.Text, pair.Law.ToString()));
    }

    [Fact]
    public void Laws_are_equal_by_all_that_they_are_made_of()
    {
        Law[] laws =
        [
            new TruncatedNormalLaw(0, 1, -1, 2),
            new TruncatedNormalLaw(0.5, 1, -1, 2),
            new TruncatedNormalLaw(0, 1.5, -1, 2),
            new TruncatedNormalLaw(0, 1, -1.5, 2),
            new TruncatedNormalLaw(0, 1, -1, 2.5),
            new ValuesLaw([1, 2]),
            new ValuesLaw([2, 1]),
            new SlicedLaw([new("a", 2, new ConstantLaw(3))]),
            new SlicedLaw([new("a", 2, new ConstantLaw(4))]),
            new OverlaidLaw(new ConstantLaw(1), new(4, 2), [new(1, 3, new ConstantLaw(2))]),
            new OverlaidLaw(new ConstantLaw(2), new(4, 2), [new(1, 3, new ConstantLaw(2))]),
            new OverlaidLaw(new ConstantLaw(1), new(4, 3), [new(1, 3, new ConstantLaw(2))]),
            new OverlaidLaw(new ConstantLaw(1), new(4, 2), [new(1, 4, new ConstantLaw(2))]),
            new OverlaidLaw(new ConstantLaw(1), new(4, 2), []),
            new MaskedLaw(new ConstantLaw(1), new([true, false])),
            new MaskedLaw(new ConstantLaw(1), new([false, true])),
        ];
        for (int i = 0; i < laws.Length; i++)
        {
            for (int j = 0; j < laws.Length; j++)
            {
                Law copy = laws[j] switch
                {
                    TruncatedNormalLaw law => new TruncatedNormalLaw(law.Location, law.Spread, law.Low, law.High),
                    ValuesLaw law => new ValuesLaw(law.Values.ToArray()),
                    MaskedLaw { Digest: var digest } => new MaskedLaw(new ConstantLaw(1), new(digest == laws[^1].Digest ? [false, true] : [true, false])),
                    Law law => law.With(law.Parts),
                };
                Assert.Equal(i == j, laws[i].Equals(copy));
                Assert.True(i != j || laws[i].GetHashCode() == copy.GetHashCode());
            }

            Assert.False(laws[i].Equals(null));
            Assert.False(laws[i].Equals((object)"law"));
        }

        Assert.Null(Record.Exception(() => Assert.False(new ElementMask([true]).Equals(null))));
        Assert.Throws<ArgumentNullException>("slices", () => new SlicedLaw(null!));
    }

    [Fact]
    public void Digests_join_those_of_the_parts_that_have_any()
    {
        var values = new ValuesLaw([1, 2]);
        var others = new ValuesLaw([3, 4]);
        Assert.Equal($"{values.Digest} {others.Digest}", new SlicedLaw([new("a", 2, values), new("b", 2, new ConstantLaw(1)), new("c", 2, others)]).Digest);
        Assert.Equal("", new SumLaw(new ConstantLaw(1), new NormalLaw(0, 1)).Digest);
        string[] masks = [.. new bool[][] { [true, false], [false, true], [true, true], [false, false] }.Select(kept => new ElementMask(kept).Digest)];
        Assert.Equal(4, masks.Distinct().Count());
        Assert.Equal(new ValuesLaw([1, 0]).Digest, masks[0]);
        Assert.Equal($"{values.Digest} {masks[0]}", new MaskedLaw(values, new([true, false])).Digest);
        Assert.Equal(masks[0], new MaskedLaw(new ConstantLaw(1), new([true, false])).Digest);
    }

    [Fact]
    public void Blends_in_a_chain_are_counted_through_whatever_has_one_part()
    {
        var once = new SumLaw(new NormalLaw(0, 1), new NormalLaw(0, 2));
        var twice = new SumLaw(new ClampedLaw(new ScaledLaw(once, 2), -1, 1), once);
        Assert.Equal((1, 2, 3), (once.Blends, twice.Blends, new SumLaw(twice, once).Blends));
        Assert.Equal(("blend", "blend 2"), (once.SecondSlice, twice.SecondSlice));
        Assert.Equal(0, new SlicedLaw([new("a", 2, once)]).Blends);
        Assert.Equal(0, new OverlaidLaw(once, new(2, 2), []).Blends);
        Assert.Equal(0, new NormalLaw(0, 1).Blends);
    }

    [Fact]
    public void One_element_of_a_sum_follows_a_simpler_law_where_there_is_one()
    {
        var three = new ConstantLaw(3);
        Assert.Equal(new NormalLaw(5, 5), new SumLaw(new NormalLaw(1, 3), new NormalLaw(4, 4)).Marginal);
        Assert.Equal(new ConstantLaw(7), new SumLaw(three, new ConstantLaw(4)).Marginal);
        (Law Law, Law Shifted)[] known =
        [
            (new NormalLaw(1, 2), new NormalLaw(4, 2)),
            (new UniformLaw(1, 2), new UniformLaw(4, 5)),
            (new TruncatedNormalLaw(1, 2, 0, 4), new TruncatedNormalLaw(4, 2, 3, 7)),
        ];
        Assert.All(known, pair =>
        {
            Assert.Equal(pair.Shifted, new SumLaw(pair.Law, three).Marginal);
            Assert.Equal(pair.Shifted, new SumLaw(three, pair.Law).Marginal);
        });
        var other = new SumLaw(three, new OrthogonalLaw(2, 2, 1));
        Assert.Same(other, other.Marginal);
    }

    [Fact]
    public void Upsampling_weighs_by_the_distance_from_the_centre_and_no_kernel_that_no_array_can_hold()
    {
        Assert.Equal([0.25, 0.75, 0.75, 0.25], UpsamplingLaw.Weights(4));
        Assert.Equal([0.5, 1, 0.5], UpsamplingLaw.Weights(3));
        Assert.Equal([1], UpsamplingLaw.Weights(1));
        Assert.Throws<OverflowException>(() => UpsamplingLaw.Weights(1L << 32));
    }

    [Fact]
    public void Given_values_have_the_deviation_that_large_or_equal_numbers_leave()
    {
        Assert.Equal(0, new ValuesLaw([0.1, 0.1, 0.1]).Std);
        Assert.Equal(Math.Sqrt(14 / 9.0), new ValuesLaw([1e15, 1e15 + 1, 1e15 + 3]).Std, 1e-2);
    }

    [Fact]
    public void A_problem_stays_a_problem_whatever_should_follow()
    {
        Resolution problem = new Problem("It is wrong.", "Write it.");
        Resolution then = problem.Then(law => throw new InvalidOperationException());
        Assert.Equal((null, "It is wrong."), (then.Law, then.Problem.What));
        Resolution fine = new ConstantLaw(1);
        Assert.Equal(new ConstantLaw(2), fine.Then(law => law.Scale(2)).Law);
    }

    private static SlicedLaw Blocks(double first, double second) =>
        new([new("block 0/2", 10, new ConstantLaw(first)), new("block 1/2", 10, new ConstantLaw(second))]);

    private static double[] Filled(Law law, int elements)
    {
        double[] values = new double[elements];
        Filler.Of(law, Key).Fill(0, values.AsSpan());
        return values;
    }

    /// <summary>Mean and deviation of the logarithm of a uniform number, by Simpson's rule.</summary>
    private static (double Mean, double Std) MomentsOfLog(double low, double high)
    {
        double middle = Math.Log((low + high) / 2);
        double mean = Simpson(x => Math.Log(x) - middle);
        return (middle + mean, Math.Sqrt(Simpson(x => Math.Pow(Math.Log(x) - middle - mean, 2))));

        double Simpson(Func<double, double> of)
        {
            const int Steps = 20_000;
            double sum = 0;
            for (int i = 0; i <= Steps; i++)
            {
                sum += of(low + ((high - low) * i / Steps)) * (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2);
            }

            return sum / (3 * Steps);
        }
    }
}
