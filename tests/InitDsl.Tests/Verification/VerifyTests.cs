namespace InitDsl.Tests;

public class VerifyTests
{
    public static TheoryData<DType> RealTypes => new(DType.Float32, DType.Float64, DType.Float16, DType.BFloat16);

    private static Init[] RandomInits =>
        [Normal(0.5, 2), Uniform(-0.3, 0.1), TruncNormal(0, 1, -2, 2), TruncNormal(0, 1, 0.5, double.PositiveInfinity), Kaiming, Xavier, VarianceScaling(), Orthogonal(2), Sparse(0.3, 0.5), Normal(100, 0.5)];

    [Theory]
    [MemberData(nameof(RealTypes))]
    public void What_a_plan_wrote_follows_its_laws(DType dtype)
    {
        foreach (Init init in RandomInits)
        {
            foreach (Shape shape in (Shape[])[new(1, 1), new(2, 3), new(1, 700), new(64, 65), new(300, 400)])
            {
                var model = new TestModel(TestModel.Tensor(shape, dtype));
                Plan plan = All.Weight(init).Compile(model, seed: shape.Elements);
                plan.Apply();
                Verification verification = plan.Verify();
                Assert.True(verification.Passed, $"{init} {shape} {dtype}: {verification}");
            }
        }
    }

    [Fact]
    public void Exact_laws_are_verified_to_the_last_bit_in_every_dtype()
    {
        foreach (DType dtype in Enum.GetValues<DType>())
        {
            foreach (Init init in (Init[])[Zeros, Ones, Eye, Values(new double[,] { { 1, 0, 1 }, { 0, 1, 1 } })])
            {
                MemoryStore store = TestModel.Tensor(new(2, 3), dtype);
                Plan plan = All.Weight(init).Compile(new TestModel(store));
                Assert.False(plan.Verify().Passed, $"{init} {dtype} before");
                plan.Apply();
                Assert.True(plan.Verify().Passed, $"{init} {dtype}: {plan.Verify()}");
                store.Bytes[0] ^= 1;
                Assert.Equal("values", Assert.Single(plan.Verify().Failures).Property);
            }
        }
    }

    [Fact]
    public void Complex_normals_are_verified_in_both_parts()
    {
        foreach (DType dtype in (DType[])[DType.Complex64, DType.Complex128])
        {
            MemoryStore store = TestModel.Tensor(new(200, 300), dtype);
            Plan plan = All.Weight(Normal(1, 2)).Compile(new TestModel(store));
            plan.Apply();
            Assert.True(plan.Verify().Passed, plan.Verify().ToString());
            Moments found = Moments.Of(store);
            Assert.Equal(120000, found.Count);
            PlanVerificationShouldFail(plan, store, _ => new NormalLaw(0, 1));
        }
    }

    /// <summary>Each wrong law, what it stands in for, and the property that must give it away.</summary>
    public static TheoryData<string, string> Impostors => new()
    {
        { "uniform for normal", "distribution" },
        { "normal for uniform", "bounds" },
        { "std 2% off", "variance" },
        { "mean 2% of std off", "mean" },
        { "untruncated", "bounds" },
        { "constant for normal", "mean" },
        { "infinite", "finite" },
        { "not a number", "finite" },
        { "Laplace for normal", "distribution" },
        { "not orthogonal", "orthonormality" },
        { "no zeros", "zeros" },
        { "tail cut at 1.5", "variance" },
    };

    [Theory]
    [MemberData(nameof(Impostors))]
    public void Values_of_another_law_are_found_out(string what, string property)
    {
        (Init Asked, Func<long, double, double> Wrong) impostor = what switch
        {
            "uniform for normal" => (Normal(0, 1), (i, _) => Draw(new UniformLaw(-Math.Sqrt(3), Math.Sqrt(3)), i)),
            "normal for uniform" => (Uniform(-Math.Sqrt(3), Math.Sqrt(3)), (i, _) => Draw(new NormalLaw(0, 1), i)),
            "std 2% off" => (Normal(0, 1), (_, value) => value * 1.02),
            "mean 2% of std off" => (Normal(0, 1), (_, value) => value + 0.02),
            "untruncated" => (TruncNormal(), (i, _) => Draw(new NormalLaw(0, 0.87962566103423978), i)),
            "constant for normal" => (Normal(0, 0.02), (_, _) => 0.02),
            "infinite" => (Normal(), (i, value) => i == 777 ? double.PositiveInfinity : value),
            "not a number" => (Uniform(-1, 1), (i, value) => i == 777 ? double.NaN : value),
            "Laplace for normal" => (Normal(), (i, _) => Laplace(Draw(new UniformLaw(-0.5, 0.5), i))),
            "not orthogonal" => (Orthogonal(), (_, value) => value * 1.001),
            "no zeros" => (Sparse(0.2, 1), (i, value) => value == 0 ? Draw(new NormalLaw(0, 1), i) : value),
            "tail cut at 1.5" => (Normal(), (_, value) => Math.Clamp(value, -1.5, 1.5)),
            _ => throw new ArgumentException(what),
        };
        MemoryStore store = TestModel.Tensor(new(300, 500));
        Plan plan = All.Weight(impostor.Asked).Compile(new TestModel(store));
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        double[] values = store.Doubles;
        store.Write((start, run) =>
        {
            Span<float> floats = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(run);
            for (int i = 0; i < floats.Length; i++)
            {
                floats[i] = (float)impostor.Wrong(start + i, values[start + i]);
            }
        });
        Verification verification = plan.Verify();
        Assert.Contains(property, verification.Failures.Select(failure => failure.Property));
    }

    [Fact]
    public void One_value_outside_its_bounds_is_enough()
    {
        MemoryStore store = TestModel.Tensor(new(1000));
        Plan plan = All.Weight(Uniform(-0.1, 0.1)).Compile(new TestModel(store));
        plan.Apply();
        BitConverter.TryWriteBytes(store.Bytes.AsSpan(400), MathF.BitIncrement(0.1f));
        VerificationFailure failure = Assert.Single(plan.Verify().Failures);
        Assert.Equal("bounds", failure.Property);
        Assert.Matches(
            @"^w \[1000\] does not follow Uniform\(-0\.1, 0\.1\): values from -0\.0[0-9]+ to 0\.100000009, outside -0\.100000001 to 0\.100000001\.$",
            failure.Message);
    }

    /// <summary>With a family-wise error of 1 in 20, 2,000 correct models may fail 100 times on average, not 170.</summary>
    [Fact]
    public void False_alarms_are_no_more_frequent_than_stated()
    {
        int alarms = 0;
        for (int seed = 0; seed < 2000; seed++)
        {
            var model = new TestModel(TestModel.Tensor(new(150)), TestModel.Tensor(new(40), path: "v"));
            Plan plan = (All.Weight(Normal()) + Where(p => p.Path == "v").Weight(Uniform(0, 1))).Compile(model, seed);
            plan.Apply();
            alarms += plan.Verify(falseAlarm: 0.05).Passed ? 0 : 1;
        }

        Assert.InRange(alarms, 0, 170);
    }

    [Fact]
    public void A_verdict_reads_well()
    {
        var model = new TestModel(TestModel.Tensor(new(100, 100)));
        Plan plan = All.Weight(Normal()).Compile(model);
        plan.Apply();
        Assert.Equal(
            "verified: 1 parameter follows its law (3 statistical tests, chance of a false alarm below 1E-06)",
            plan.Verify().ToString());
        All.Weight(Const(3)).Compile(model).Apply();
        Assert.StartsWith("NOT verified: 1 of 1 parameter does not follow its law", plan.Verify().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void The_chance_of_a_false_alarm_is_a_probability(double falseAlarm) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RuleSet.Empty.Compile(TestModel.Of()).Verify(falseAlarm));

    private static void PlanVerificationShouldFail(Plan plan, MemoryStore store, Func<int, Law> other)
    {
        Filler filler = Filler.Of(new ComplexLaw(other(0), other(1)), StreamKey.Of(1, "other"));
        store.Write((start, run) => ElementCodec.Write(filler, store.Spec.DType, start, run));
        Assert.NotEmpty(plan.Verify().Failures);
    }

    private static double Draw(Law law, long i)
    {
        double[] one = new double[1];
        Filler.Of(law, StreamKey.Of(99, "impostor")).Fill(i, one.AsSpan());
        return one[0];
    }

    /// <summary>Variance 1.</summary>
    private static double Laplace(double u) => -Math.Sign(u) * Math.Log(1 - (2 * Math.Abs(u))) / Math.Sqrt(2);
}
