namespace InitDsl.Tests;

/// <summary>Rules about rows against the definition, row by row: the last rule that is about a row has it.</summary>
public class RowPropertyTests
{
    private const int Rows = 12;

    /// <summary>Rules, and which rows each is about.</summary>
    private static readonly (Rule Rule, Func<int, bool> Has)[] Known =
    [
        (All.Weight(Normal()), _ => true),
        (All.Weight(Orthogonal()), _ => true),
        (All.Keep(), _ => true),
        (When<FakeLstm>().Weight(Uniform(-1, 1).PerBlock(3)), _ => true),
        (All.Gate(Gate.Input).Weight(Normal(3)), row => row < 3),
        (All.Gate(Gate.Forget).Weight(Orthogonal()), row => row is >= 3 and < 6),
        (All.Gate(Gate.Cell).Keep(), row => row is >= 6 and < 9),
        (All.Rows(0..5).Weight(Ones), row => row < 5),
        (All.Rows(2, 11).Weight(Uniform(0, 9)), row => row is >= 2 and < 11),
        (All.Rows(^2..).Weight(Sparse(0.5)), row => row >= 10),
        (All.Rows(4..5).Keep(), row => row == 4),
        (All.Rows(0..12).Weight(TruncNormal()), _ => true),
        (All.Block(6, 2).Weight(Normal(std: 2)), row => row is 4 or 5),
        (All.Block(2, 1).Weight(Const(0.5)), row => row >= 6),
    ];

    [Property(MaxTest = 300)]
    public void Each_row_has_the_values_that_the_last_rule_about_it_gives_alone(byte[] picks, long seed)
    {
        (Rule Rule, Func<int, bool> Has)[] chosen = [.. picks.Take(7).Select(pick => Known[pick % Known.Length])];
        TestModel model = Filled(RuleSet.Of(chosen.Select(choice => choice.Rule)), seed, new(Rows, 8));
        for (int row = 0; row < Rows; row++)
        {
            int last = Array.FindLastIndex(chosen, choice => choice.Has(row));
            byte[] expected = Row(Filled(last < 0 ? RuleSet.Empty : chosen[last].Rule, seed, new(Rows, 8)), row);
            Assert.Equal(expected, Row(model, row));
        }
    }

    [Property(MaxTest = 150)]
    public void Runs_copies_threads_and_dtypes_change_no_row(byte[] picks, long seed, PositiveInt runLength, bool copy)
    {
        RuleSet rules = RuleSet.Of(picks.Take(6).Select(pick => Known[pick % Known.Length].Rule));
        foreach (DType dtype in (DType[])[DType.Float32, DType.Float64, DType.BFloat16, DType.Float16])
        {
            TestModel whole = Filled(rules, seed, new(Rows, 8), dtype);
            TestModel cut = Model(new(Rows, 8), dtype);
            var store = (MemoryStore)cut.Stores[0];
            store.RunLength = 1 + (runLength.Get % 96);
            store.ThroughCopy = copy;
            rules.Compile(cut, seed).Apply(maxThreads: 1);
            Assert.Equal(((MemoryStore)whole.Stores[0]).Bytes, store.Bytes);
        }
    }

    [Property(MaxTest = 150)]
    public void What_was_written_is_verified_and_a_changed_row_is_found(byte[] picks, long seed)
    {
        TestModel model = Model(new(Rows, 200));
        Plan plan = RuleSet.Of(picks.Take(6).Select(pick => Known[pick % Known.Length].Rule)).Compile(model, seed);
        plan.Apply();
        Verification verification = plan.Verify(falseAlarm: 1e-9);
        Assert.True(verification.Passed, $"{plan}{verification}");
        foreach (PlanStep step in plan.Steps.Where(step => step.Slices.Count > 0 && step.Slices[^1].Law is not KeptLaw))
        {
            PlanSlice last = step.Slices[^1];
            Array.Fill(((MemoryStore)step.Store).Bytes, (byte)0x7B, (int)last.First * 800, (int)(last.End - last.First) * 800);
            Assert.False(plan.Verify(falseAlarm: 1e-9).Passed);
        }
    }

    [Property(MaxTest = 100)]
    public void Moments_and_bounds_are_those_of_the_mixture(byte[] picks, int seed)
    {
        TestModel model = Model(new(Rows, 4000));
        Plan plan = (All.Weight(Normal(1)) + RuleSet.Of(picks.Take(5).Select(pick => Known[pick % Known.Length].Rule))).Compile(model, seed);
        plan.Apply();
        foreach (Law law in plan.Steps.Select(step => step.Law).Where(law => !double.IsNaN(law.Std)))
        {
            double[] values = ((MemoryStore)model.Stores[0]).Doubles;
            double mean = values.Average();
            Assert.Equal(law.Mean, mean, 0.15);
            Assert.Equal(law.Std, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 0.15);
            Assert.InRange(values.Min(), law.Min - 1e-6, law.Max);
            Assert.InRange(values.Max(), law.Min, law.Max + 1e-6);
        }
    }

    [Fact]
    public void Large_parameters_are_cut_over_threads_with_the_same_bits()
    {
        RuleSet rules = All.Weight(Normal()) + All.Rows(5..7).Keep() + All.Rows(^3..).Weight(Uniform(-1, 1)) + All.Gate(Gate.Forget).Weight(Orthogonal());
        TestModel one = Model(new(Rows, 30_000));
        TestModel many = Model(new(Rows, 30_000));
        rules.Compile(one, 5).Apply(maxThreads: 1);
        rules.Compile(many, 5).Apply(maxThreads: 4);
        Assert.Equal(((MemoryStore)one.Stores[0]).Bytes, ((MemoryStore)many.Stores[0]).Bytes);
    }

    private static byte[] Row(TestModel model, int row) => ((MemoryStore)model.Stores[0]).Bytes[(row * 32)..((row + 1) * 32)];

    private static TestModel Filled(RuleSet rules, long seed, Shape shape, DType dtype = DType.Float32)
    {
        TestModel model = Model(shape, dtype);
        rules.Compile(model, seed).Apply();
        return model;
    }

    private static TestModel Model(Shape shape, DType dtype = DType.Float32) => new(new MemoryStore(new()
    {
        ModulePath = "rnn",
        Name = "weight_ih_l0",
        ModuleType = typeof(FakeLstm),
        Kind = LayerKind.Recurrent,
        Role = ParamRole.Weight,
        Shape = shape,
        DType = dtype,
        Blocks = 4,
        LayerFans = FanAxes.Stacked(4).Count(shape),
        TorchFans = FanAxes.OutIn.Count(shape),
    }));
}
