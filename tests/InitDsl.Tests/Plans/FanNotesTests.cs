namespace InitDsl.Tests;

public class FanNotesTests
{
    private const string Own = "* the layer's own fans; PyTorch counts others from the shape, which .WithFans(Fans.Torch) takes";
    private const string Torch = "† fans as PyTorch counts them from the shape; the layer's own are others";

    [Fact]
    public void Fans_that_PyTorch_counts_otherwise_are_marked_and_the_mark_explained_once()
    {
        TestModel model = TestModel.Of(
            TestModel.Conv("plain", new(8, 4, 3, 3)), TestModel.Conv("grouped", new(8, 2, 3, 3), groups: 2), TestModel.ConvTranspose("up", new(8, 4, 4, 4), stride: 4));
        string[] lines = Lines(All.Weight(Kaiming).Bias(Zeros) + Named("up").Weight(Kaiming.WithFans(Fans.Torch)), model);
        Assert.Contains(lines, line => line.StartsWith("plain.weight    [8, 4, 3, 3]  #1          36 → 72       Normal", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("grouped.weight  [8, 2, 3, 3]  #1          18 → 36 *     Normal", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("grouped.bias    [8]           #1          18 → 36       Const", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("up.weight       [8, 4, 4, 4]  #2    #1    64 → 128 †    Normal", StringComparison.Ordinal));
        Assert.Single(lines, Own);
        Assert.Single(lines, Torch);
    }

    [Fact]
    public void Where_they_agree_nothing_is_said()
    {
        string[] lines = Lines(All.Weight(Kaiming).Bias(Zeros), TestModel.Of(TestModel.Linear("fc", 3, 4), TestModel.Conv("conv", new(8, 4, 3, 3))));
        Assert.DoesNotContain(lines, line => line.Contains('*', StringComparison.Ordinal) || line.Contains('†', StringComparison.Ordinal));
    }

    private static string[] Lines(RuleSet rules, TestModel model) => rules.Compile(model).Explain().ReplaceLineEndings("\n").Split('\n');
}
