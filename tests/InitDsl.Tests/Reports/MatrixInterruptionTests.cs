namespace InitDsl.Tests;

/// <summary>The values of a matrix law come all at once, after most of its time has passed.</summary>
public class MatrixInterruptionTests
{
    public static TheoryData<int, DType> Ways => new() { { 1, DType.Float32 }, { 2, DType.Float32 }, { 1, DType.BFloat16 }, { 2, DType.Float64 } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_orthogonal_matrix_is_told_of_and_stops_while_it_is_made(int threads, DType dtype)
    {
        // In the memory itself where that is one run of float32 or float64, else aside.
        (WrittenParameters written, byte[] left, long heard) = CancelWithin(Orthogonal(), new(1300, 1300), dtype, threads);
        Assert.InRange(heard, 1 << 20, (1300 * 1300) - 1);
        if (dtype == DType.BFloat16)
        {
            Assert.Equal(["w"], written.NotAtAll);
            Assert.False(left.AsSpan().ContainsAnyExcept(MemoryStore.OldByte));
        }
        else
        {
            Assert.Equal(["w"], written.InPart);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_sparse_matrix_is_told_of_and_stops_before_anything_is_written(int threads)
    {
        (WrittenParameters written, byte[] left, long heard) = CancelWithin(Sparse(0.5), new(4000, 1000), DType.Float32, threads);
        Assert.Equal(2_000_000, heard);
        Assert.Equal(["w"], written.NotAtAll);
        Assert.False(left.AsSpan().ContainsAnyExcept(MemoryStore.OldByte));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Gates_are_told_of_and_stop_one_after_another(int blocks)
    {
        (WrittenParameters written, _, long heard) = CancelWithin(Orthogonal().PerBlock(blocks), new(blocks * 900, 900), DType.Float32, 2);
        Assert.InRange(heard, 1, (blocks * 900 * 900) - 1);
        Assert.Equal(["w"], written.InPart);
    }

    [Fact]
    public void A_matrix_that_has_all_its_values_is_written()
    {
        var shape = new Shape(1025, 1024);
        TestModel complete = new(TestModel.Tensor(shape));
        All.Weight(Orthogonal()).Compile(complete).Apply();

        TestModel model = new(TestModel.Tensor(shape), TestModel.Tensor(new(3), path: "rest"));
        using var source = new CancellationTokenSource();
        var listener = new Listener(report =>
        {
            if (report.ValuesWritten == shape.Elements)
            {
                source.Cancel();
            }
        });
        Plan plan = (All.Weight(Orthogonal()) + Where(p => p.Name == "rest").Weight(Ones)).Compile(model);
        WrittenParameters written = Assert.Throws<ApplyCanceledException>(() => plan.Apply(1, listener, source.Token)).Written;
        Assert.Equal(["w"], written.Whole);
        Assert.Equal(["rest"], written.NotAtAll);
        Assert.Equal(complete["w"].Bytes, model["w"].Bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_value_is_counted_once(int threads)
    {
        foreach ((Init init, Shape shape, DType dtype) in ((Init, Shape, DType)[])
                 [
                     (Orthogonal(), new(1300, 1100), DType.Float32),
                     (Orthogonal(), new(1300, 1100), DType.Float16),
                     (Sparse(0.3), new(1301, 1099), DType.Float64),
                     (Orthogonal().PerBlock(3).Scale(2), new(1800, 700), DType.Float32),
                     (Eye, new(1300, 1100), DType.BFloat16),
                 ])
        {
            var listener = new Listener();
            All.Weight(init).Compile(new TestModel(TestModel.Tensor(shape, dtype))).Tell(listener, threads);
            Assert.Equal(shape.Elements, listener.Heard[^1].ValuesWritten);
            Assert.All(listener.Heard.Zip(listener.Heard.Skip(1)), pair => Assert.True(pair.First.ValuesWritten <= pair.Second.ValuesWritten));
            Assert.All(listener.Heard, report => Assert.InRange(report.ValuesWritten, 0, shape.Elements));
        }
    }

    /// <summary>Cancels at the first report that tells of values.</summary>
    private static (WrittenParameters Written, byte[] Left, long Heard) CancelWithin(Init init, Shape shape, DType dtype, int threads)
    {
        TestModel model = new(TestModel.Tensor(shape, dtype));
        using var source = new CancellationTokenSource();
        var listener = new Listener(report =>
        {
            if (report.ValuesWritten > 0)
            {
                source.Cancel();
            }
        });
        Plan plan = All.Weight(init).Compile(model);
        WrittenParameters written = Assert.Throws<ApplyCanceledException>(() => plan.Apply(threads, listener, source.Token)).Written;
        byte[] left = [.. model["w"].Bytes];

        TestModel complete = new(TestModel.Tensor(shape, dtype));
        All.Weight(init).Compile(complete).Apply();
        plan.Apply();
        Assert.Equal(complete["w"].Bytes, model["w"].Bytes);
        return (written, left, listener.Heard[^1].ValuesWritten);
    }
}
