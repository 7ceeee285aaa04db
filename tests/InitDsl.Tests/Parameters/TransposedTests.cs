namespace InitDsl.Tests;

/// <summary>What a backend may state of how a parameter lies: transposed, and with its gates in an order of its own.</summary>
public class TransposedTests
{
    [Fact]
    public void The_shape_is_the_matrix_and_the_stored_shape_its_transpose()
    {
        ParamSpec spec = Spec(new(2, 3));
        Assert.Equal((new Shape(2, 3), new Shape(3, 2)), (spec.Shape, spec.StoredShape));
        Assert.Equal("fc.weight [2, 3]ᵀ", spec.ToString());
        Assert.Equal(new Shape(2, 3), new ParamSpec { ModulePath = "", Name = "w", Role = ParamRole.Weight, Shape = new(2, 3) }.StoredShape);
    }

    [Fact]
    public void A_tensor_of_the_backends_is_turned_and_an_array_is_not()
    {
        var model = new TestModel(new MemoryStore(Spec(new(1, 2))));
        When<FakeLinear>().Weight(Values(new[,] { { 7, 8 } })).Compile(model).Apply();
        Assert.Equal([7, 8], model["fc.weight"].Doubles);
        var square = new TurnedModel(new(Spec(new(2, 2))));
        Assert.Equal([1, 3, 2, 4], Filled(square, Values(TurnedModel.Square)));
        Assert.Equal([1, 2, 3, 4], Filled(square, Values(new[,] { { 1, 2 }, { 3, 4 } })));
        Assert.Equal([1, 3, 2, 4], Filled(square, Values(TurnedModel.Flat)));

        InitException refused = Assert.Throws<InitException>(() => PlanCompiler.Compile(
            When<FakeLinear>().Weight(Values(TurnedModel.Wide)), new TurnedModel(new(Spec(new(2, 3)))), RandomSource.Philox(1)));
        Assert.Contains("Give it the shape [3, 2]", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gates_stand_in_one_order_for_rules_and_are_moved_to_that_of_the_memory()
    {
        ParamSpec lstm = Lstm(new(8, 1), [Gate.Cell, Gate.Input, Gate.Forget, Gate.Output]);
        Assert.Equal([Gate.Input, Gate.Forget, Gate.Cell, Gate.Output], lstm.Gates);
        Assert.Empty(Spec(new(2, 3)).StoredGates);
        double[] stored = new double[8];
        StoredLayout.ToMemory<double>([1, 2, 3, 4, 5, 6, 7, 8], stored, lstm);
        Assert.Equal([5, 6, 1, 2, 3, 4, 7, 8], stored);
        double[] back = new double[8];
        StoredLayout.FromMemory<double>(stored, back, lstm);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], back);

        // [in, out] in memory too: rows 1 to 4 of two numbers.
        ParamSpec turned = Lstm(new(4, 2), [Gate.Cell, Gate.Input, Gate.Forget, Gate.Output], transposed: true);
        StoredLayout.ToMemory<double>([1, 2, 3, 4, 5, 6, 7, 8], stored, turned);
        Assert.Equal([5, 1, 3, 7, 6, 2, 4, 8], stored);
        StoredLayout.FromMemory<double>(stored, back, turned);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], back);
        Assert.Empty(lstm.Part(4).StoredGates);
        Assert.Empty(lstm.RowsOf(new(0, 2)).StoredGates);
    }

    [Fact]
    public void The_gates_of_a_GRU_may_be_moved_and_others_are_refused()
    {
        double[] stored = new double[3];
        StoredLayout.ToMemory<double>([1, 2, 3], stored, Lstm(new(3), [Gate.Update, Gate.Reset, Gate.New]));
        Assert.Equal([2, 1, 3], stored);
        Assert.Throws<ArgumentException>(() => Lstm(new(8), [Gate.Cell, Gate.Input]));
        Assert.Throws<ArgumentException>(() => Lstm(new(8), [Gate.Cell, Gate.Input, Gate.Forget, Gate.Output, Gate.Cell]));
        Assert.Throws<ArgumentNullException>(() => Lstm(new(8), null!));
    }

    [Fact]
    public void A_matrix_without_gates_is_turned_alone()
    {
        ParamSpec matrix = Spec(new(2, 3));
        double[] stored = new double[6];
        StoredLayout.ToMemory<double>([1, 2, 3, 4, 5, 6], stored, matrix);
        Assert.Equal([1, 4, 2, 5, 3, 6], stored);
        double[] back = new double[6];
        StoredLayout.FromMemory<double>(stored, back, matrix);
        Assert.Equal([1, 2, 3, 4, 5, 6], back);
    }

    [Fact]
    public void Rows_that_are_inputs_have_the_fans_of_all()
    {
        ParamSpec Made(FanAxes axes) => new()
        {
            ModulePath = "", Name = "w", Role = ParamRole.Weight, Shape = new(6, 8), LayerFans = axes.Count(new(6, 8)), RowsAreInputs = axes.RowsAreInputs,
        };
        Assert.Equal(new FanCount(6, 8), Made(FanAxes.InOut).RowsOf(new(0, 3)).LayerFans);
        Assert.Equal(new FanCount(6, 8), Made(FanAxes.InOut).Part(2).LayerFans);
        Assert.Equal(new FanCount(8, 3), Made(FanAxes.OutIn).RowsOf(new(0, 3)).LayerFans);
        Assert.Equal(new FanCount(8, 3), Made(FanAxes.OutIn).Part(2).LayerFans);
        Assert.True(FanAxes.TransposedConvolution(1, 1).RowsAreInputs);
    }

    private static double[] Filled(TurnedModel model, Init init)
    {
        PlanCompiler.Compile(When<FakeLinear>().Weight(init), model, RandomSource.Philox(1)).Apply();
        return model.Store.Doubles;
    }

    private static ParamSpec Spec(Shape shape) => new()
    {
        ModulePath = "fc",
        Name = "weight",
        ModuleType = typeof(FakeLinear),
        Kind = LayerKind.Linear,
        Role = ParamRole.Weight,
        Shape = shape,
        Transposed = true,
    };

    private static ParamSpec Lstm(Shape shape, IReadOnlyList<Gate> stored, bool transposed = false) => new()
    {
        ModulePath = "", Name = "weight", ModuleType = typeof(FakeLstm), Kind = LayerKind.Recurrent, Role = ParamRole.Weight,
        Shape = shape, Blocks = 4, StoredGates = stored, Transposed = transposed,
    };

    /// <summary>A model whose backend has tensors, which lie as its parameter does.</summary>
    private sealed class TurnedModel(MemoryStore store) : ModelParameters
    {
        internal static Uri Square { get; } = new("tensor:square");

        internal static Uri Flat { get; } = new("tensor:flat");

        internal static Uri Wide { get; } = new("tensor:wide");

        internal MemoryStore Store => store;

        public override string Name => "TurnedModel";

        public override IReadOnlyList<ParameterStore> Stores => [store];

        public override (Shape Shape, double[] Values)? ReadValues(object source) =>
            ReferenceEquals(source, Square) ? (new(2, 2), [1, 2, 3, 4])
            : ReferenceEquals(source, Flat) ? (new(4), [1, 2, 3, 4])
            : (new(2, 3), [1, 2, 3, 4, 5, 6]);
    }
}
