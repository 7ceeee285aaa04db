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
    public void Gates_are_found_in_the_order_that_the_backend_states()
    {
        Assert.Equal([Gate.Input, Gate.Forget, Gate.Cell, Gate.Output], Lstm(null).Gates);
        Assert.Empty(Spec(new(2, 3)).Gates);
        var model = new TestModel(new MemoryStore(Lstm([Gate.Cell, Gate.Input, Gate.Forget, Gate.Output])));
        (When<FakeLstm>().Bias(Zeros) + When<FakeLstm>().Gate(Gate.Forget).Bias(Ones) + When<FakeLstm>().Gate(Gate.Cell).Bias(Const(2)))
            .Compile(model).Apply();
        Assert.Equal([2, 2, 0, 0, 1, 1, 0, 0], model["bias"].Doubles);
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

    private static ParamSpec Lstm(IReadOnlyList<Gate>? gates)
    {
        ParamSpec Make(IReadOnlyList<Gate> order) => new()
        {
            ModulePath = "", Name = "bias", ModuleType = typeof(FakeLstm), Kind = LayerKind.Recurrent, Role = ParamRole.Bias,
            Shape = new(8), Blocks = 4, Gates = order,
        };
        return gates is not null ? Make(gates) : new()
        {
            ModulePath = "", Name = "bias", ModuleType = typeof(FakeLstm), Kind = LayerKind.Recurrent, Role = ParamRole.Bias, Shape = new(8), Blocks = 4,
        };
    }

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
