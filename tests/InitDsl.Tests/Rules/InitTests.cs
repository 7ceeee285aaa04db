namespace InitDsl.Tests;

public class InitTests
{
    [Fact]
    public void Initializers_read_as_they_are_written()
    {
        (Init Init, string Text)[] words =
        [
            (Zeros, "Zeros"),
            (Ones, "Ones"),
            (Const(0.01), "Const(0.01)"),
            (Uniform(-1, 0.5), "Uniform(-1, 0.5)"),
            (Normal(std: 0.02), "Normal(0, 0.02)"),
            (TruncNormal(std: 0.02), "TruncNormal(0, 0.02, -2, 2)"),
            (VarianceScaling(2, FanMode.FanOut, Distribution.Uniform), "VarianceScaling(2, FanMode.FanOut, Distribution.Uniform)"),
            (Kaiming.FanOut(), "Kaiming.FanOut()"),
            (Kaiming.For(Activation.LeakyReLU(0.2)), "Kaiming.For(Activation.LeakyReLU(0.2))"),
            (Xavier.Gain(1.5).WithFans(Fans.Torch), "Xavier.Gain(1.5).WithFans(Fans.Torch)"),
            (Normal(0, 0.02).Scale(0.5), "Normal(0, 0.02).Scale(0.5)"),
            (Eye, "Eye"),
            (Dirac(), "Dirac()"),
            (Dirac(2), "Dirac(2)"),
            (Orthogonal(), "Orthogonal()"),
            (Orthogonal(2), "Orthogonal(2)"),
            (Sparse(0.9), "Sparse(0.9, 0.01)"),
            (Values(new double[2, 3]), "Values([2, 3])"),
            (From(p => Zeros), "From(…)"),
            (TorchDefault, "TorchDefault"),
        ];
        Assert.All(words, word => Assert.Equal(word.Text, word.Init.ToString()));
    }

    [Fact]
    public void What_has_no_fans_says_so_by_name()
    {
        Assert.Equal(
            "Const(0.01) has no fans: FanOut(…) belongs to Xavier, Kaiming, LeCun and VarianceScaling.",
            Assert.Throws<InvalidOperationException>(() => Const(0.01).FanOut()).Message);
        Assert.Equal(
            "Normal(0, 1) has no gain: Gain(…) belongs to Xavier, Kaiming, LeCun, VarianceScaling and Orthogonal.",
            Assert.Throws<InvalidOperationException>(() => Normal().Gain(2)).Message);
        Init[] without = [Zeros, Ones, Const(1), Uniform(0, 1), Normal(), TruncNormal(), Eye, Dirac(), Orthogonal(), Sparse(0.5), TorchDefault, Values(new[] { 1.0 }), From(_ => Zeros), Zeros.Scale(2)];
        Assert.All(without, init =>
        {
            Assert.Throws<InvalidOperationException>(init.FanIn);
            Assert.Throws<InvalidOperationException>(init.FanOut);
            Assert.Throws<InvalidOperationException>(init.FanAverage);
            Assert.Throws<InvalidOperationException>(() => init.WithFans(Fans.Torch));
        });
    }

    [Fact]
    public void Numbers_that_mean_nothing_are_refused_at_once()
    {
        Action[] mistakes =
        [
            () => Const(double.NaN),
            () => Const(double.PositiveInfinity),
            () => Uniform(1, 0),
            () => Uniform(double.NegativeInfinity, 0),
            () => Normal(0, -1),
            () => Normal(double.NaN),
            () => TruncNormal(std: 0),
            () => TruncNormal(a: 1, b: 1),
            () => TruncNormal(a: double.NaN),
            () => TruncNormal(0, 0.001, 1, 2),
            () => VarianceScaling(0),
            () => VarianceScaling(-1),
            () => Kaiming.Gain(0),
            () => Kaiming.Gain(double.NaN),
            () => Kaiming.Scale(double.NaN),
            () => Dirac(0),
            () => Orthogonal(double.NaN),
            () => Sparse(1.5),
            () => Sparse(-0.1),
            () => Sparse(0.5, -1),
            () => Activation.LeakyReLU(double.NaN),
        ];
        Assert.All(mistakes, mistake => Assert.ThrowsAny<ArgumentOutOfRangeException>(mistake));
    }

    [Fact]
    public void Null_is_refused_by_name()
    {
        Assert.All((Init[])[Orthogonal(), DeltaOrthogonal(), Kaiming, Auto, Kaiming.Scale(2)], init =>
            Assert.Equal("activation", Assert.Throws<ArgumentNullException>(() => init.For(null!)).ParamName));
        Assert.Equal("choose", Assert.Throws<ArgumentNullException>(() => From(null!)).ParamName);
        Assert.Equal("values", Assert.Throws<ArgumentNullException>(() => Values(null!)).ParamName);
        Assert.Equal("keep", Assert.Throws<ArgumentNullException>(() => Normal().MaskBy(null!)).ParamName);
        Assert.Equal("path", Assert.Throws<ArgumentNullException>(() => FromStateDict(null!)).ParamName);
    }

    [Fact]
    public void Combinators_leave_what_they_are_called_on_as_it_was()
    {
        MemoryStore store = TestModel.Tensor(new(64, 16));
        Law before = Compiling.LawOf(Kaiming, store);
        _ = Kaiming.FanOut().Gain(3).Scale(7).WithFans(Fans.Torch);
        Assert.Equal(before, Compiling.LawOf(Kaiming, store));
        Assert.Equal("Kaiming", Kaiming.ToString());
    }

    [Fact]
    public void Values_keeps_a_copy_of_an_array()
    {
        double[] array = [1, 2];
        Init init = Values(array);
        array[0] = 99;
        var model = new TestModel(TestModel.Tensor(new(2)));
        model.Initialize(All.Weight(init));
        Assert.Equal([1, 2], model["w"].Doubles);
    }

    [Fact]
    public void Values_takes_arrays_of_any_rank_and_number_type()
    {
        object[] arrays = [new[,] { { 1f, 2f }, { 3f, 4f } }, new[] { 1, 2, 3, 4 }, new[] { 1L, 2, 3, 4 }, new Half[,] { { (Half)1, (Half)2 }, { (Half)3, (Half)4 } }, new decimal[] { 1, 2, 3, 4 }, new ulong[] { 1, 2, 3, 4 }];
        Assert.All(arrays, array =>
        {
            var model = new TestModel(TestModel.Tensor(new(2, 2)));
            model.Initialize(All.Weight(Values(array)));
            Assert.Equal([1, 2, 3, 4], model["w"].Doubles);
        });
        Assert.Equal(
            "Values takes an array or a tensor. For one number write Const(0.5). (Parameter 'values')",
            Assert.Throws<ArgumentException>(() => Values(0.5)).Message);
        Assert.Throws<ArgumentException>(() => Values(new[] { "a" }));
        Assert.Throws<ArgumentException>(() => Values(new double[][] { [1, 2] }));
    }

    [Fact]
    public void Values_takes_whole_numbers_that_doubles_hold()
    {
        const long exact = 1L << 53;
        Assert.All((object[])[new[] { exact, -exact }, new[] { (ulong)exact }], array => Assert.StartsWith("Values([", $"{Values(array)}", StringComparison.Ordinal));
        Assert.All((object[])[new[] { exact + 1 }, new[] { -exact - 1 }, new[] { (ulong)exact + 1 }], array => Assert.Contains(
            "takes whole numbers up to 2^53, not ", Assert.Throws<ArgumentException>(() => Values(array)).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Shapes_of_written_values_have_as_many_elements_as_there_are_values()
    {
        Assert.Null(GivenValues.Shaped([2], new double[3], "Values"));
        Assert.Null(GivenValues.Shaped([4], new double[3], "Values"));

        // The product is 1 in 64 bits.
        Assert.Null(GivenValues.Shaped([long.MaxValue, long.MaxValue], new double[1], "Values"));
        Assert.Equal("[3, 0]", GivenValues.Shaped([3, 0], [], "Values")?.ToString());
    }
}
