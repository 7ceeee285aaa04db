namespace InitDsl.Tests;

/// <summary>What holds of every composition of initializers that FsCheck makes up.</summary>
public class CompositionPropertyTests
{
    /// <summary>Sampling errors beyond this happen once in 10¹⁰ times.</summary>
    private const double Sigmas = 6.5;

    [Property(MaxTest = 300)]
    public Property Any_range_in_any_order_has_the_values_of_the_whole() =>
        Prop.ForAll(InitExpressions.Any, ArbMap.Default.ArbFor<(byte, byte, long)>(), (init, at) =>
        {
            Law law = LawOf(init);
            StreamKey key = StreamKey.Of(at.Item3, "w");
            float[] whole = new float[96];
            double[] precise = new double[96];
            Filler.Of(law, key).Fill(0, whole.AsSpan());
            Filler.Of(law, key).Fill(0, precise.AsSpan());
            (int from, int end) = (Math.Min(at.Item1 % 97, at.Item2 % 97), Math.Max(at.Item1 % 97, at.Item2 % 97));
            float[] part = new float[96];
            double[] precisePart = new double[96];
            foreach ((int first, int last) in (ReadOnlySpan<(int, int)>)[(end, 96), (from, end), (0, from)])
            {
                Filler.Of(law, key).Fill(first, part.AsSpan(first..last));
                Filler.Of(law, key).Fill(first, precisePart.AsSpan(first..last));
            }

            return part.AsSpan().SequenceEqual(whole) && precisePart.AsSpan().SequenceEqual(precise);
        });

    [Property(MaxTest = 150)]
    public Property Equal_expressions_have_equal_laws_and_no_composition_changes_what_it_is_made_of() =>
        Prop.ForAll(InitExpressions.Any, init =>
        {
            string text = init.ToString();
            Law law = LawOf(init);
            _ = init.Scale(2).Clamp(0, 1).MaskBy(_ => false).Blend(Ones, 0.5).Cast(DType.Float16).PerBlock(2).RepeatEach(3);
            Assert.Equal(text, init.ToString());
            Assert.Equal(law, LawOf(init));
            Assert.Equal(law.GetHashCode(), LawOf(init).GetHashCode());
        });

    [Property(MaxTest = 150)]
    public Property What_was_written_is_verified_in_every_real_dtype() =>
        Prop.ForAll(InitExpressions.Any, Gen.Elements(DType.Float32, DType.Float64, DType.Float16, DType.BFloat16).ToArbitrary(), ArbMap.Default.ArbFor<long>(), (init, dtype, seed) =>
        {
            MemoryStore store = TestModel.Tensor(InitExpressions.Shape, dtype);
            store.RunLength = 31;
            Plan plan = All.Weight(init).Compile(new TestModel(store), seed);
            plan.Apply();
            Verification verification = plan.Verify(falseAlarm: 1e-9);
            Assert.True(verification.Passed, $"{init} {dtype}: {verification}");
        });

    /// <summary>
    /// The elements of one draw depend on each other; draws of different seeds do not. The mean of a draw has at most
    /// the variance of an element.
    /// </summary>
    [Property(MaxTest = 60)]
    public Property Moments_and_bounds_are_those_of_the_values() =>
        Prop.ForAll(InitExpressions.Any, ArbMap.Default.ArbFor<int>(), (init, seed) =>
        {
            const int Draws = 300;
            Law law = LawOf(init);
            double[] values = new double[96];
            double[] means = new double[Draws];
            double[] squares = new double[Draws];
            for (int draw = 0; draw < Draws; draw++)
            {
                Filler.Of(law, StreamKey.Of(seed, $"draw {draw}")).Fill(0, values.AsSpan());
                means[draw] = values.Average();
                squares[draw] = values.Average(value => (value - law.Mean) * (value - law.Mean));
                Assert.All(values, value => Assert.InRange(value, law.Min - Slack(law.Min), law.Max + Slack(law.Max)));
            }

            if (double.IsNaN(law.Std))
            {
                return;
            }

            // Cast rounds by up to 2⁻⁸ of a value, which may stand at any distance from 0.
            double rounding = 0.01 * (Math.Abs(law.Mean) + law.Std);
            double ofMean = (Sigmas * law.Std / Math.Sqrt(Draws)) + rounding + 1e-9;
            Assert.InRange(means.Average(), law.Mean - ofMean, law.Mean + ofMean);
            double square = squares.Average();
            double spread = Math.Sqrt(squares.Average(value => (value - square) * (value - square)) / Draws);
            double ofSquare = (1.5 * Sigmas * spread) + (4 * rounding * (law.Std + rounding)) + (0.05 * law.Std * law.Std) + 1e-9;
            Assert.InRange(square, (law.Std * law.Std) - ofSquare, (law.Std * law.Std) + ofSquare);
        });

    private static double Slack(double bound) => double.IsFinite(bound) ? (0.004 * Math.Abs(bound)) + 1e-12 : 0;

    private static Law LawOf(Init init) => Compiling.LawOf(init, TestModel.Tensor(InitExpressions.Shape));
}
