using System.Runtime.InteropServices;

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

    [Theory]
    [InlineData(3)]
    [InlineData(1e12)]
    [InlineData(1e14)]
    [InlineData(1e15)]
    [InlineData(1e17)]
    [InlineData(1e30)]
    public void A_normal_much_wider_than_its_bounds_is_verified_as_nearly_uniform(double std)
    {
        MemoryStore store = TestModel.Tensor(new(200, 300));
        Plan plan = All.Weight(TruncNormal(0.5, std, -2, 2)).Compile(new TestModel(store));
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        foreach (double x in new[] { -2, -1.99, -1, 0, 0.5, 1.3, 2 })
        {
            // The density is 1/4 but for a factor of exp(((x − 0.5)/std)²/2).
            double tolerance = (4 / (std * std)) + 1e-15;
            Assert.Equal((x + 2) / 4, plan.Steps[0].Law.Cdf(x), tolerance);
        }
    }

    [Fact]
    public void Complex_normals_are_verified_in_both_parts()
    {
        foreach (DType dtype in (DType[])[DType.Complex64, DType.Complex128])
        {
            MemoryStore store = TestModel.Tensor(new(200, 300), dtype);
            Plan plan = All.Weight(Normal(1, 2)).Compile(new TestModel(store));
            Moments found = plan.Apply().Entries[0].Found;
            Moments read = Moments.Of(store);
            Assert.Equal((60000, read.Min, read.Max), (found.Count, found.Min, found.Max));
            Assert.Equal(read.Mean, found.Mean, 1e-6 * read.Std);
            Assert.Equal(read.Std, found.Std, 1e-6 * read.Std);
            Assert.True(plan.Verify().Passed, plan.Verify().ToString());
            Assert.Equal(1, found.Mean, 0.1);
            Assert.Equal(2, found.Std, 0.1);
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
        { "uniform 2% too narrow", "variance" },
        { "truncated at 100 σ, std 3% off", "variance" },
        { "one-sided, std 10% off", "variance" },
        { "one value below its bound", "bounds" },
        { "a row twice", "orthonormality" },
        { "tail half wrong", "distribution" },
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
            "uniform 2% too narrow" => (Uniform(-1, 1), (_, value) => value * 0.98),
            "truncated at 100 σ, std 3% off" => (TruncNormal(std: 0.02), (_, value) => value * 1.03),
            "one-sided, std 10% off" => (TruncNormal(0, 1, 0, double.PositiveInfinity), (_, value) => Math.Abs(((value - 0.798) * 0.9) + 0.798)),
            "one value below its bound" => (Uniform(-1, 1), (i, value) => i == 99_999 ? -1.0001 : value),
            "a row twice" => (Orthogonal(), (i, value) => value),
            "tail half wrong" => (Normal(), (i, value) => i < 75_000 ? value : Math.Sign(value) * Math.Sqrt(Math.Abs(value)) * 1.12),
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
            Span<float> floats = MemoryMarshal.Cast<byte, float>(run);
            for (int i = 0; i < floats.Length; i++)
            {
                long from = what == "a row twice" && (start + i) / 500 == 250 ? (start + i) % 500 : start + i;
                floats[i] = (float)impostor.Wrong(start + i, values[from]);
            }
        });
        Verification verification = plan.Verify();
        Assert.Contains(property, verification.Failures.Select(failure => failure.Property));
    }

    [Fact]
    public void A_wrong_imaginary_part_and_a_padding_row_that_is_drawn_are_found_out()
    {
        MemoryStore complex = TestModel.Tensor(new(200, 300), DType.Complex128);
        Plan plan = All.Weight(Normal()).Compile(new TestModel(complex));
        Filler half = Filler.Of(new ComplexLaw(new NormalLaw(0, Math.Sqrt(0.5)), new NormalLaw(0, 0.5)), StreamKey.Of(1, "other"));
        complex.Write((start, run) => ElementCodec.Write(half, DType.Complex128, start, run));
        Assert.All(plan.Verify().Failures, failure => Assert.Contains(": imaginary parts: ", failure.Message, StringComparison.Ordinal));
        Assert.NotEmpty(plan.Verify().Failures);

        TestModel padded = TestModel.Of(TestModel.Embedding("emb", 400, 100, padding: 7));
        plan = All.Weight(TorchDefault).Compile(padded);
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        BitConverter.TryWriteBytes(padded["emb.weight"].Bytes.AsSpan(4 * 750), 1f);
        Assert.Equal("values", Assert.Single(plan.Verify().Failures).Property);
        All.Weight(Normal(0, 1.1)).Compile(padded).Apply();
        padded["emb.weight"].Bytes.AsSpan(2800, 400).Clear();
        Assert.Equal(["variance", "distribution"], plan.Verify().Failures.Select(failure => failure.Property));
    }

    [Fact]
    public void Complex_and_padded_laws_hold_together()
    {
        var spec = new ParamSpec
        {
            ModulePath = "emb", Name = "weight", ModuleType = typeof(FakeEmbedding), Kind = LayerKind.Embedding, Role = ParamRole.Weight,
            Shape = new(40, 50), DType = DType.Complex64, PaddingIndex = 3,
        };
        var store = new MemoryStore(spec);
        Plan plan = All.Weight(TorchDefault).Compile(new TestModel(store));
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        All.Weight(TorchDefault).Compile(new TestModel(store), seed: 43).Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
    }

    [Fact]
    public void Small_numbers_in_half_precision_raise_no_false_alarm()
    {
        foreach (Init init in (Init[])[Normal(0, 1e-6), Normal(0, 2e-7), Sparse(0.5, 1e-6), Uniform(-1e-6, 1e-6), TruncNormal(0, 1e-6, -2e-6, 2e-6)])
        {
            var model = new TestModel(TestModel.Tensor(new(400, 400), DType.Float16));
            Plan plan = All.Weight(init).Compile(model);
            plan.Apply();
            Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        }
    }

    [Fact]
    public void Laws_without_spread_are_verified_as_constants()
    {
        foreach (Init init in (Init[])[Normal(3, 0), Kaiming.Scale(0), Sparse(0.5, 0), Orthogonal(0), Uniform(2, 2)])
        {
            foreach (DType dtype in (DType[])[DType.Float32, DType.Complex64])
            {
                var model = new TestModel(TestModel.Tensor(new(40, 50), dtype));
                Plan plan = All.Weight(init).Compile(model);
                plan.Apply();
                Assert.True(plan.Verify().Passed, plan.Verify().ToString());
                Assert.False(plan.Steps[0].Law.IsRandom);
                Assert.Contains(plan.Diagnostics, d => d.Code == "INIT103");
            }
        }
    }

    /// <summary>Their squares are more than float64 holds, or less.</summary>
    public static TheoryData<string> Extremes =>
        ["uniform", "widest uniform", "normal", "truncated", "clamped", "orthogonal", "sparse", "blend", "tiny uniform", "tiny normal", "tiny orthogonal", "disk"];

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Laws_whose_variance_float64_cannot_hold_are_verified_all_the_same(string which)
    {
        (Init init, double off) = which switch
        {
            "uniform" => (Uniform(-3e160, 5e160), 0.9),
            "widest uniform" => (Uniform(-8e307, 8e307), 0.9),
            "normal" => (Normal(1e170, 2e170), 1.1),
            "truncated" => (TruncNormal(0, 1e200, -2e200, 2e200), 0.9),
            "clamped" => (Normal(0, 1e170).Clamp(-1e170, double.PositiveInfinity), 0.9),
            "orthogonal" => (Orthogonal(1e170), 1.01),
            "sparse" => (Sparse(0.3, 1e170), 1.1),
            "blend" => (Uniform(0, 1e170).Blend(Uniform(-1e170, 1e170), 0.5), 0.9),
            "tiny uniform" => (Uniform(-3e-200, 5e-200), 0.9),
            "tiny normal" => (Normal(0, 2e-200), 1.1),
            "tiny orthogonal" => (Orthogonal(1e-200), 1.01),
            "disk" => (KaimingUniform.Scale(1e180), 1.1),
            _ => throw new ArgumentException(which),
        };
        MemoryStore store = TestModel.Tensor(new(200, 300), which == "disk" ? DType.Complex128 : DType.Float64);
        Plan plan = All.Weight(init).Compile(new TestModel(store));
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        store.Write((_, run) =>
        {
            foreach (ref double value in MemoryMarshal.Cast<byte, double>(run))
            {
                value *= off;
            }
        });
        Assert.NotEmpty(plan.Verify().Failures);
    }

    /// <summary>No normal value lies there, so that the mixture has one atom.</summary>
    [Fact]
    public void A_mixture_of_a_single_value_is_verified()
    {
        MemoryStore store = TestModel.Tensor(new(200, 300));
        Plan plan = All.Weight(Normal().Clamp(50, 60)).Compile(new TestModel(store));
        plan.Apply();
        Assert.Equal((true, 0), (plan.Steps[0].Law.IsRandom, plan.Steps[0].Law.Std));
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        All.Weight(Uniform(50, 60)).Compile(new TestModel(store)).Apply();
        Assert.Equal(["mean", "variance", "distribution"], plan.Verify().Failures.Select(failure => failure.Property));
    }

    [Fact]
    public void Every_element_of_a_large_parameter_is_looked_at()
    {
        MemoryStore store = TestModel.Tensor(new(600, 600));
        Plan plan = All.Weight(Normal()).Compile(new TestModel(store));
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        BitConverter.TryWriteBytes(store.Bytes.AsSpan(store.Bytes.Length - 4), float.NaN);
        Assert.Equal("finite", Assert.Single(plan.Verify().Failures).Property);
        plan.Apply();
        store.Bytes.AsSpan(0, store.Bytes.Length / 2).CopyTo(store.Bytes.AsSpan(store.Bytes.Length / 2));
        float[] half = store.Floats;
        for (int i = half.Length / 2; i < half.Length; i++)
        {
            BitConverter.TryWriteBytes(store.Bytes.AsSpan(4 * i), (float)(Math.Sign(half[i]) * Math.Sqrt(Math.Abs(half[i])) * 1.12));
        }

        Assert.Contains("distribution", plan.Verify().Failures.Select(failure => failure.Property));
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

    /// <summary>Orthonormal matrices that nobody drew.</summary>
    [Theory]
    [InlineData("identity", 24, 24)]
    [InlineData("identity", 32, 100)]
    [InlineData("identity", 100, 32)]
    [InlineData("permutation with signs", 40, 40)]
    [InlineData("Hadamard", 64, 64)]
    public void An_orthonormal_matrix_that_was_not_drawn_at_random_is_found(string what, int rows, int columns)
    {
        MemoryStore store = TestModel.Tensor(new(rows, columns));
        Plan plan = All.Weight(Orthogonal(2)).Compile(new TestModel(store));
        plan.Apply();
        Assert.True(plan.Verify().Passed);
        Span<float> values = MemoryMarshal.Cast<byte, float>(store.Bytes.AsSpan());
        for (int i = 0; i < values.Length; i++)
        {
            (int row, int column) = (i / columns, i % columns);
            values[i] = 2 * what switch
            {
                "identity" => row == column ? 1 : 0,
                "Hadamard" => (int.PopCount(row & column) % 2 == 0 ? 1 : -1) / 8f,
                _ => column == (7 * row) % columns ? (row % 2 == 0 ? 1 : -1) : 0,
            };
        }

        Verification verification = plan.Verify();
        Assert.Contains(verification.Failures, failure => failure.Property == "distribution");
        Assert.DoesNotContain(verification.Failures, failure => failure.Property == "orthonormality");
        Assert.Contains("not drawn at random: the mean size of its entries is", verification.ToString(), StringComparison.Ordinal);
    }

    /// <summary>At a false alarm of one half for two tests, 400 matrices may give 200; by the bounds' slack none or few do.</summary>
    [Fact]
    public void Random_orthogonal_matrices_pass_the_test_of_randomness_at_every_size()
    {
        int alarms = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            var model = new TestModel(TestModel.Tensor(new(1 + (seed % 9), 1 + (seed % 13))));
            Plan plan = All.Weight(Orthogonal()).Compile(model, seed);
            plan.Apply();
            alarms += plan.Verify(0.5).Passed ? 0 : 1;
        }

        Assert.InRange(alarms, 0, 200);
    }

    [Fact]
    public void Without_randomness_there_is_no_chance_of_a_false_alarm()
    {
        TestModel model = TestModel.Of(TestModel.Linear("fc", 2, 2));
        Plan plan = All.Param("*", Zeros).Compile(model);
        plan.Apply();
        Assert.Equal("verified: 2 parameters follow their laws (nothing in them is random: every value is as it must be)", plan.Verify().ToString());
    }

    [Fact]
    public void Nothing_to_verify_is_said() =>
        Assert.Equal("nothing to verify: the plan writes no parameter", RuleSet.Empty.Compile(TestModel.Of()).Verify().ToString());

    [Fact]
    public void A_complex_value_that_is_no_number_is_found()
    {
        MemoryStore store = TestModel.Tensor(new(20, 30), DType.Complex64);
        Plan plan = All.Weight(KaimingUniform).Compile(new TestModel(store));
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        BitConverter.TryWriteBytes(store.Bytes.AsSpan(8 * 77), float.NaN);
        VerificationFailure failure = Assert.Single(plan.Verify().Failures);
        Assert.Equal("finite", failure.Property);
        Assert.EndsWith(": 1 value is NaN or infinite.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zeros_that_nobody_placed_are_found()
    {
        MemoryStore store = TestModel.Tensor(new(200, 300));
        Plan plan = All.Weight(Sparse(0.3)).Compile(new TestModel(store));
        plan.Apply();
        for (int row = 0; row < 200; row++)
        {
            store.Bytes.AsSpan(4 * 300 * row, 4).Clear();
        }

        VerificationFailure failure = Assert.Single(plan.Verify().Failures);
        Assert.Equal("zeros", failure.Property);
        Assert.Contains("140 zeros too many, at most ", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>What another initializer of the same form leaves, and what is wrong with it.</summary>
    public static TheoryData<string, string[]> Compositions => new()
    {
        { "repeated", ["variance", "distribution"] },
        { "repeated otherwise", ["repetition"] },
        { "centred", ["orthonormality"] },
        { "beside the centre", ["values", "orthonormality"] },
        { "rounded", ["variance", "distribution"] },
        { "not rounded", ["values"] },
        { "per block", ["variance", "distribution"] },
        { "masked", ["variance", "distribution"] },
        { "masked otherwise", ["values"] },
        { "isometry", ["orthonormality"] },
    };

    [Theory]
    [MemberData(nameof(Compositions))]
    public void A_composition_that_is_wrong_inside_is_found_out(string what, string[] properties)
    {
        static bool Even(IReadOnlyList<long> at) => at[0] % 2 == 0;
        (Init promised, Init left) = what switch
        {
            "repeated" => (Normal().RepeatEach(4), Normal(std: 1.1).RepeatEach(4)),
            "repeated otherwise" => (Normal().RepeatEach(4), Normal()),
            "centred" => (DeltaOrthogonal(), DeltaOrthogonal(1.1)),
            "beside the centre" => (DeltaOrthogonal(), Normal()),
            "rounded" => (Normal().Cast(DType.BFloat16), Normal(std: 1.1).Cast(DType.BFloat16)),
            "not rounded" => (Normal().Cast(DType.BFloat16), Normal()),
            "per block" => (Normal().PerBlock(2), Normal(std: 1.1).PerBlock(2)),
            "masked" => (Normal().MaskBy(Even), Normal(std: 1.1).MaskBy(Even)),
            "masked otherwise" => (Normal().MaskBy(Even), Normal()),
            "isometry" => (BlockOrthogonal(), BlockOrthogonal(1.1)),
            _ => throw new ArgumentException(what),
        };
        TestModel model = TestModel.Of(TestModel.Conv("conv", new(100, 60, 3, 3), bias: false));
        Plan plan = All.Weight(promised).Compile(model);
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        All.Weight(left).Compile(model, seed: 1).Apply();
        Assert.Superset(properties.ToHashSet(), plan.Verify().Failures.Select(failure => failure.Property).ToHashSet());
    }
}
