namespace InitDsl.Tests;

public class PaddingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public void The_row_that_the_constructor_zeroed_is_the_padding(long row)
    {
        using Embedding table = Embedding(7, 3, padding_idx: row);
        Assert.Equal(row, Padding(table));
        table.Initialize(When<Embedding>().Weight(TorchDefault), seed: 1);
        Assert.Equal(row, Padding(table));
    }

    [Fact]
    public void EmbeddingBag_does_not_zero_it_and_keeps_it_to_itself()
    {
        using EmbeddingBag bag = EmbeddingBag(7, 3, padding_index: 2);
        Assert.DoesNotContain(0, bag.get_parameter("weight")!.Doubles());
        Assert.Null(Padding(bag));
    }

    [Fact]
    public void Tables_without_one_have_none()
    {
        using Embedding table = Embedding(7, 3);
        Assert.Null(Padding(table));
        using Embedding one = Embedding(1, 3, padding_idx: 0);
        Assert.Null(Padding(one));
        using Linear linear = Linear(3, 2);
        linear.weight.Initialize(Zeros);
        Assert.Null(Padding(linear));
    }

    [Fact]
    public void Zeros_that_mean_nothing_are_not_taken_for_it()
    {
        using Embedding table = Embedding(7, 3);
        table.get_parameter("weight")!.Initialize(Zeros);
        Assert.Null(Padding(table));

        // A zero in the first column alone, and two zero rows.
        table.get_parameter("weight")!.Initialize(Values(new double[,] { { 0, 1, 0 }, { 0, 0, 0 }, { 0, 0, 2 }, { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 }, { 0, 1, 1 } }));
        Assert.Equal(1, Padding(table));
        table.get_parameter("weight")!.Initialize(Values(new double[,] { { 0, 1, 0 }, { 0, 0, 0 }, { 0, 0, 0 }, { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 }, { 0, 1, 1 } }));
        Assert.Null(Padding(table));
    }

    private static long? Padding(nn.Module module) => new TorchModel(module).Stores[0].Spec.PaddingIndex;
}
