namespace InitDsl.Tests;

/// <summary>What each combinator does to the values and to the moments, on values that are known.</summary>
public class CombinatorTests
{
    private const double Pi = Math.PI;

    [Fact]
    public void Clamp_moves_what_lies_outside_to_the_bound_and_leaves_the_rest()
    {
        double[] plain = Filled(Normal(), new(40, 50));
        double[] clamped = Filled(Normal().Clamp(-0.5, 1), new(40, 50));
        Assert.Equal(plain.Select(value => Math.Clamp(value, -0.5, 1)), clamped);
        Assert.Equal([1, 1, 2, 3], Filled(Values(new[] { -5.0, 0, 2, 9 }).Clamp(1, 3), new(4)));
    }

    /// <summary>Mean and variance of max(0, z) and of z clamped to ±c, from the literature of the rectified normal.</summary>
    [Fact]
    public void Clamped_normals_and_uniforms_have_their_closed_moments()
    {
        Law rectified = LawOf(Normal().Clamp(0, double.PositiveInfinity));
        Assert.Equal(1 / Math.Sqrt(2 * Pi), rectified.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(0.5 - (1 / (2 * Pi))), rectified.Std, 1e-12);
        Assert.Equal((0, double.PositiveInfinity), (rectified.Min, rectified.Max));

        Law symmetric = LawOf(Normal().Clamp(-1, 1));
        Assert.Equal(0, symmetric.Mean, 1e-12);
        double inside = StandardNormal.Cdf(1) - StandardNormal.Cdf(-1);
        Assert.Equal(Math.Sqrt(inside - (2 * StandardNormal.Density(1)) + (1 - inside)), symmetric.Std, 1e-10);

        Law uniform = LawOf(Uniform(0, 1).Clamp(0.25, 2));
        Assert.Equal((0.25 * 0.25) + ((1 - 0.0625) / 2), uniform.Mean, 1e-12);
        Assert.Equal(Math.Sqrt((0.25 * 0.0625) + ((1 - 0.015625) / 3) - (uniform.Mean * uniform.Mean)), uniform.Std, 1e-12);
        Assert.Equal((0.25, 1), (uniform.Min, uniform.Max));

        Law all = LawOf(Normal(0, 1).Clamp(20, 30));
        Assert.Equal((20, 0), (all.Mean, all.Std));
        var model = new TestModel(TestModel.Tensor(new(8, 8), DType.Float64));
        Plan plan = All.Weight(Normal(-100, 1).Clamp(0, double.PositiveInfinity)).Compile(model);
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
    }

    [Fact]
    public void A_clamp_that_no_value_reaches_changes_nothing_and_clamps_join()
    {
        Assert.Equal(LawOf(Uniform(-1, 1)), LawOf(Uniform(-1, 1).Clamp(-1, 2)));
        Assert.Equal(LawOf(Normal().Clamp(0, 1)), LawOf(Normal().Clamp(-1, 1).Clamp(0, 5)));
        Assert.Equal(new ConstantLaw(2), LawOf(Normal().Clamp(2, 2)));
        Assert.Equal(new ConstantLaw(3), LawOf(Uniform(0, 1).Clamp(3, 5)));
        Assert.Equal(new ConstantLaw(-1), LawOf(Uniform(0, 1).Clamp(-5, -1)));
        Assert.Equal(LawOf(Normal(0, 2).Clamp(-4, 2)), LawOf(Normal().Clamp(-1, 2).Scale(-2)));
    }

    [Fact]
    public void Mask_keeps_what_is_one_and_mixes_the_moments()
    {
        double[] plain = Filled(Normal(2, 1), new(2, 3));
        double[] masked = Filled(Normal(2, 1).Mask(new[,] { { 1, 0, 0 }, { 0, 1, 0 } }), new(2, 3));
        Law all = Compiling.LawOf(Uniform(2, 3).Mask(new[] { true, true }), TestModel.Tensor(new(2)));
        Assert.Equal((2.0, 3.0), (all.Min, all.Max));   // no zero is anywhere
        Assert.Equal(0, Compiling.LawOf(Normal(std: 0.37).Clamp(-0.51, 0.51), TestModel.Tensor(new(2))).Mean);   // by symmetry
        Assert.Equal(3, Compiling.LawOf(TruncNormal(3, 0.37, 1, 5).Clamp(2.5, 3.5), TestModel.Tensor(new(2))).Mean);
        Assert.Equal([plain[0], 0, 0, 0, plain[4], 0], masked);
        Assert.Equal(masked, Filled(Normal(2, 1).Mask(new[] { true, false, false, false, true, false }), new(2, 3)));
        Assert.Equal(masked, Filled(Normal(2, 1).MaskBy(at => at[0] == at[1]), new(2, 3)));

        Law law = LawOf(Normal(2, 1).MaskBy(at => at[0] == at[1]), new(2, 3));
        Assert.Equal(2.0 / 3, law.Mean, 1e-12);
        Assert.Equal(Math.Sqrt((5.0 / 3) - (4.0 / 9)), law.Std, 1e-12);
        Assert.Equal(double.NegativeInfinity, law.Min);
        Assert.Equal((0, 2), (LawOf(Uniform(1, 2).MaskBy(at => at[0] == 1), new(3, 2)).Min, LawOf(Uniform(1, 2).MaskBy(at => at[0] == 1), new(3, 2)).Max));
    }

    [Fact]
    public void Blend_weighs_two_independent_draws()
    {
        double[] first = Filled(Normal(), new(30, 40));
        double[] blended = Filled(Normal().Blend(Uniform(0, 1), 0.25), new(30, 40));
        double[] second = [.. first.Zip(blended, (a, b) => (b - (0.25 * a)) / 0.75)];
        KolmogorovSmirnov.AssertFollows([.. second], x => Math.Clamp(x, 0, 1), "the second side");
        Assert.InRange(Correlated(first, second), -6.5 / Math.Sqrt(first.Length), 6.5 / Math.Sqrt(first.Length));

        Law law = LawOf(Normal(1, 2).Blend(Uniform(0, 1), 0.25));
        Assert.Equal(0.25 + 0.375, law.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(0.25 + (0.5625 / 12)), law.Std, 1e-12);
    }

    [Fact]
    public void A_blend_of_weight_1_is_the_first_and_of_weight_0_an_independent_draw_of_the_second()
    {
        Assert.Equal(Filled(Normal(), new(20, 30)), Filled(Normal().Blend(Uniform(0, 1), 1), new(20, 30)));
        double[] other = Filled(Const(5).Blend(Normal(), 0), new(20, 30));
        Assert.Equal(LawOf(Normal()).Std, LawOf(Const(5).Blend(Normal(), 0)).Std);
        Assert.NotEqual(Filled(Normal(), new(20, 30)), other);
    }

    /// <summary>The same law three times: equal streams would show as a sum with three times the deviation.</summary>
    [Fact]
    public void Chains_of_blends_take_a_stream_each_whatever_stands_between_them()
    {
        Init twice = Normal().Blend(Normal(), 0.5);
        Init[] chains =
        [
            twice.Blend(Normal(), 0.5),
            twice.Scale(2).Clamp(-100, 100).Blend(Normal(), 0.5),
            twice.Cast(DType.Float64).Blend(Normal(), 0.5),
            Normal().Blend(twice, 0.5),
            twice.Blend(twice, 0.5),
        ];
        Assert.All(chains, chain =>
        {
            const int Count = 40_000;
            double[] values = Filled(chain, new(200, 200));
            double variance = values.Average(value => value * value);
            double expected = Math.Pow(LawOf(chain).Std, 2);
            Assert.InRange(variance, expected * (1 - (6.5 * Math.Sqrt(2.0 / Count))), expected * (1 + (6.5 * Math.Sqrt(2.0 / Count))));
        });
    }

    [Fact]
    public void Cast_rounds_through_the_dtype()
    {
        double[] plain = Filled(Normal(), new(20, 30));
        Assert.Equal(plain.Select(value => (double)(Half)(float)value), Filled(Normal().Cast(DType.Float16), new(20, 30)));
        Assert.Equal(new ConstantLaw(0.10009765625), LawOf(Const(0.1).Cast(DType.BFloat16)));
        Assert.Equal(LawOf(Normal(1, 2)).Std, LawOf(Normal(1, 2).Cast(DType.BFloat16)).Std);
    }

    [Fact]
    public void PerBlock_makes_each_gate_a_parameter_of_its_own()
    {
        MemoryStore[] lstm = TestModel.Lstm("rnn", 7, 6);
        var model = TestModel.Of(lstm);
        Plan plan = When<FakeLstm>().Param("weight_hh*", Orthogonal().PerBlock()).Compile(model);
        plan.Apply();
        double[] values = model["rnn.weight_hh_l0"].Doubles;
        for (int gate = 0; gate < 4; gate++)
        {
            double[] block = values[(gate * 36)..((gate + 1) * 36)];
            float[] alone = new float[36];
            Filler.Of(new OrthogonalLaw(6, 6, 1), plan.Steps[0].Stream.Slice($"block {gate}/4")).Fill(0, alone.AsSpan());
            Assert.Equal(alone.Select(value => (double)value), block);
        }

        Assert.Equal(1 / Math.Sqrt(6), plan.Steps[0].Law.Std, 1e-12);
        Assert.True(plan.Verify().Passed);
        Assert.Equal("Orthogonal(1) in 4 blocks", plan.Steps[0].Law.ToString());
    }

    [Fact]
    public void More_blocks_than_can_have_streams_are_refused_as_too_many_and_rows_may_repeat_as_often()
    {
        var model = new TestModel(TestModel.Imaginary(new(1 << 21, 2), "table"));
        Assert.Contains(
            "Normal(0, 1).PerBlock(2097152) makes 2,097,152 blocks, each with a stream of its own, and 1,048,576 are the most there can be. "
            + "Rule: All.Weight(Normal(0, 1).PerBlock(2097152)). Write the law without PerBlock, or with fewer blocks.",
            Compiling.Refused(All.Weight(Normal().PerBlock(1 << 21)), model).Message,
            StringComparison.Ordinal);
        Assert.Equal("Normal(0, 1), each row 2097152 times", Assert.Single(All.Weight(Normal().RepeatEach(1 << 21)).Compile(model).Steps).Law.ToString());
    }

    /// <summary>Gates have their own fans already; blocks of a plain matrix get fewer outputs.</summary>
    [Fact]
    public void Blocks_have_the_fans_of_a_block()
    {
        Assert.Equal(Math.Sqrt(2.0 / (7 + 6)), Compiling.LawOf(XavierNormal.PerBlock(), TestModel.Lstm("rnn", 7, 6)[0]).Std, 1e-12);
        Assert.Equal(Math.Sqrt(2.0 / (10 + 4)), Compiling.LawOf(XavierNormal.PerBlock(3), TestModel.Tensor(new(12, 10))).Std, 1e-12);
        MemoryStore grouped = TestModel.Conv("conv", new(16, 2, 3, 3), groups: 4)[0];
        Assert.Equal(Math.Sqrt(2.0 / 36), Compiling.LawOf(Kaiming.FanOut().PerBlock(4), grouped).Std, 1e-12);
        Assert.Equal(Compiling.LawOf(Kaiming, grouped), Compiling.LawOf(Kaiming.PerBlock(), grouped));
    }

    [Fact]
    public void RepeatEach_writes_each_row_one_after_the_other()
    {
        Assert.Equal([1, 2, 1, 2, 3, 4, 3, 4], Filled(Values(new[,] { { 1, 2 }, { 3, 4 } }).RepeatEach(2), new(4, 2)));
        Assert.Equal([5, 5, 5, 6, 6, 6], Filled(Values(new[] { 5.0, 6 }).RepeatEach(3), new(6)));
        Law law = LawOf(Kaiming.RepeatEach(4), new(8, 10));
        Assert.Equal(Math.Sqrt(2.0 / 10), law.Std, 1e-12);
    }

    [Fact]
    public void What_mathematics_does_not_give_in_closed_form_is_unknown_and_shown_as_such()
    {
        Init[] unknown =
        [
            Orthogonal().Clamp(-0.1, 0.1),
            Sparse(0.5, 1).Clamp(-1, 1),
            Uniform(0, 1).Blend(Uniform(0, 1), 0.5).Clamp(0.2, 0.8),
            Values(new double[40]).Mask(new bool[40]),
        ];
        Assert.All(unknown, init =>
        {
            var model = new TestModel(TestModel.Tensor(new(4, 10)));
            Plan plan = All.Weight(init).Compile(model);
            Assert.True(double.IsNaN(plan.Steps[0].Law.Std), init.ToString());
            Assert.True(plan.Steps[0].Law.Min > double.NegativeInfinity);
            plan.Apply();
            Assert.True(plan.Verify().Passed, plan.Verify().ToString());
            Assert.Matches(@"\? +\?", plan.Explain());
        });
    }

    [Fact]
    public void Combinators_read_as_they_are_written_and_pass_on_fans_and_gains()
    {
        (Init Init, string Text)[] words =
        [
            (Kaiming.Clamp(-1, double.PositiveInfinity).FanOut(), "Kaiming.FanOut().Clamp(-1, double.PositiveInfinity)"),
            (Kaiming.Mask(new bool[2, 3]), "Kaiming.Mask([2, 3])"),
            (Kaiming.MaskBy(at => at[0] > 0).Gain(3), "Kaiming.Gain(3).MaskBy(…)"),
            (Eye.Blend(Normal(std: 0.02), 0.5), "Eye.Blend(Normal(0, 0.02), 0.5)"),
            (Normal().Cast(DType.BFloat16), "Normal(0, 1).Cast(DType.BFloat16)"),
            (Orthogonal().PerBlock(), "Orthogonal().PerBlock()"),
            (Orthogonal().PerBlock(3).Gain(2), "Orthogonal(2).PerBlock(3)"),
            (Kaiming.RepeatEach(4).WithFans(Fans.Torch), "Kaiming.WithFans(Fans.Torch).RepeatEach(4)"),
            (Icnr(2, Kaiming).FanAverage(), "Icnr(2, Kaiming.FanAverage())"),
            (Xavier.Scale(2).For(Activation.Tanh), "Xavier.For(Activation.Tanh).Scale(2)"),
        ];
        Assert.All(words, word => Assert.Equal(word.Text, word.Init.ToString()));
        Assert.Throws<InvalidOperationException>(() => Normal().Clamp(0, 1).FanIn());
    }

    [Fact]
    public void A_constant_is_clamped_and_parts_of_laws_are_rounded()
    {
        Assert.Equal(new ConstantLaw(1), Compiling.LawOf(Const(3).Clamp(0, 1), TestModel.Tensor(new(2))));
        (Init Init, MemoryStore Store)[] rounded =
        [
            (DeltaOrthogonal().Cast(DType.BFloat16), TestModel.Conv("c", new(4, 4, 3), bias: false)[0]),
            (Normal().ZeroPaddingRow().Cast(DType.BFloat16), TestModel.Embedding("e", 4, 3, padding: 1)[0]),
        ];
        Assert.All(rounded, example =>
        {
            new TestModel(example.Store).Initialize(All.Weight(example.Init));
            Assert.Contains(example.Store.Floats, value => value != 0);
            Assert.All(example.Store.Floats, value => Assert.Equal(0u, BitConverter.SingleToUInt32Bits(value) & 0xFFFF));
        });
        Assert.Equal([0f, 0, 0], rounded[1].Store.Floats[3..6]);
    }

    [Fact]
    public void Mistakes_are_refused_at_once_or_when_the_shape_is_known()
    {
        Action[] mistakes =
        [
            () => Normal().Clamp(1, 0),
            () => Normal().Clamp(double.NaN, 1),
            () => Normal().Clamp(double.PositiveInfinity, double.PositiveInfinity),
            () => Normal().Clamp(double.NegativeInfinity, double.NegativeInfinity),
            () => Normal().Blend(Zeros, 1.5),
            () => Normal().Blend(Zeros, double.NaN),
            () => Normal().Cast(DType.Int32),
            () => Normal().Cast(DType.Complex64),
            () => Normal().PerBlock(0),
            () => Normal().RepeatEach(0),
        ];
        Assert.All(mistakes, mistake => Assert.ThrowsAny<ArgumentOutOfRangeException>(mistake));
        Assert.Throws<ArgumentException>(() => Normal().Mask(1.0));
        Assert.Throws<ArgumentNullException>(() => Normal().Blend(null!, 0.5));

        (Init Init, string What)[] problems =
        [
            (Normal().Mask(new[] { 1.0, 0.5, 0, 0, 0, 0 }), "Normal(0, 1).Mask([6]) has 0.5 at index 1, and a mask is made of zeros and ones."),
            (Normal().Mask(new[] { -1, 0, 0, 0, 0, 0 }), "has -1 at index 0,"),
            (Normal().Mask(new bool[4]), "Mask has the shape [4], which is not the parameter's."),
            (Normal().MaskBy(at => at[5] == 0), "the function given to MaskBy failed with"),
            (Normal().PerBlock(4), "Normal(0, 1).PerBlock(4) cuts the first dimension into 4 blocks, and 3 is not divisible by 4."),
            (Normal().PerBlock(2_097_152), "Normal(0, 1).PerBlock(2097152) cuts the first dimension into 2,097,152 blocks, and 3 is not divisible by 2,097,152."),
            (Normal().RepeatEach(2), "Normal(0, 1).RepeatEach(2) cuts the first dimension into 2 groups of equal rows, and 3 is not divisible by 2."),
            (Normal(std: 1e-12).Cast(DType.Float16), "the smallest step of Float16"),
            (Normal(1e6, 1).Cast(DType.Float16), "leaves the range of Float16"),
            (Xavier.Blend(Dirac(), 0.5), "Dirac() needs the weight of a convolution"),
        ];
        Assert.All(problems, problem => Assert.Contains(
            problem.What,
            Compiling.Refused(All.Weight(problem.Init), new(TestModel.Tensor(new(3, 2)))).Message));
    }

    /// <summary>Every wrong value of a composition is noticed: what lies outside a mask, in another slice, in a copy.</summary>
    [Fact]
    public void Verify_sees_where_a_composition_is_broken()
    {
        (Init Init, int At, double Value, string Property)[] broken =
        [
            (Normal().MaskBy(at => at[0] > 0), 3, 0.5, "values"),
            (Uniform(0, 1).MaskBy(at => at[0] > 0), 30, 1.5, "bounds"),
            (Kaiming.RepeatEach(4), 12, 0.25, "repetition"),
            (Orthogonal().PerBlock(2), 33, 0.9, "orthonormality"),
            (Normal().Cast(DType.BFloat16), 7, 0.123456789, "values"),
            (Normal().Clamp(-1, 1), 7, 1.001, "bounds"),
            (Eye.Blend(Uniform(-1, 1), 0.5), 0, 1.01, "bounds"),
        ];
        Assert.All(broken, example =>
        {
            MemoryStore store = TestModel.Tensor(new(8, 8));
            Plan plan = All.Weight(example.Init).Compile(new TestModel(store));
            plan.Apply();
            Assert.True(plan.Verify().Passed, plan.Verify().ToString());
            BitConverter.TryWriteBytes(store.Bytes.AsSpan(sizeof(float) * example.At), (float)example.Value);
            Assert.Equal(example.Property, plan.Verify().Failures[0].Property);
        });
    }

    [Fact]
    public void Complex_parameters_take_compositions_of_what_has_a_complex_counterpart()
    {
        MemoryStore store = TestModel.Tensor(new(4, 3), DType.Complex128);
        Init init = Normal().MaskBy(at => at[0] > 0).PerBlock(1).Blend(Const(2), 0.5).RepeatEach(1).Scale(2);
        Plan plan = All.Weight(init).Compile(new TestModel(store));
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        Assert.Equal([2, 0, 2, 0, 2, 0], store.Doubles[..6]);
        Assert.Contains("has no complex counterpart", Compiling.Refused(All.Weight(Normal().Clamp(0, 1)), new(store)).Message);
        Assert.Contains("has no complex counterpart", Compiling.Refused(All.Weight(Orthogonal().PerBlock(2)), new(store)).Message);
    }

    [Fact]
    public void Whole_numbers_stay_whole_through_compositions()
    {
        MemoryStore store = TestModel.Tensor(new(4, 2), DType.Int32);
        new TestModel(store).Initialize(All.Weight(Values(new[] { 1, 2, 3, 9 }).Clamp(2, 5).RepeatEach(2).MaskBy(at => at[0] != 1)));
        Assert.Equal([2, 2, 0, 0, 3, 5, 3, 5], store.Doubles);
        Assert.Contains("does not give whole numbers", Compiling.Refused(All.Weight(Eye.Clamp(0.5, 1)), new(store)).Message);
    }

    private static Law LawOf(Init init, Shape? shape = null) =>
        Compiling.LawOf(init, TestModel.Tensor(shape ?? new(4, 10)));

    private static double[] Filled(Init init, Shape shape)
    {
        MemoryStore store = TestModel.Tensor(shape, DType.Float64);
        new TestModel(store).Initialize(All.Weight(init), seed: 5);
        return store.Doubles;
    }

    private static double Correlated(double[] a, double[] b)
    {
        (double meanA, double meanB) = (a.Average(), b.Average());
        double product = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return product / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}
