namespace InitDsl.Tests;

public class ParamSpecTests
{
    /// <summary>No backend makes such paths, and nothing forbids them.</summary>
    [Fact]
    public void A_path_may_begin_with_a_dot()
    {
        ParamSpec Of(string path, LayerKind kind) => new() { ModulePath = path, Name = "w", ModuleType = typeof(FakeLinear), Role = ParamRole.Weight, Shape = new(1), Kind = kind };
        Assert.False(Of(".a", LayerKind.Linear).HasBlock);
        Assert.Single(Where(p => p.BlockCount == 1).Weight(Zeros).Compile(new(new MemoryStore(Of(".5", LayerKind.Other)))).Steps);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("12", true)]
    [InlineData("999999999", true)]
    [InlineData("1000000000", false)]
    [InlineData("", false)]
    [InlineData("1a", false)]
    [InlineData("-1", false)]
    [InlineData("\u0661", false)]
    public void A_numbered_module_has_up_to_nine_digits(string name, bool number)
    {
        Assert.Equal(number, BlockCounts.IsNumber(name));
        Assert.Equal(number, Spec($"h.{name}.fc").HasBlock);
    }

    [Fact]
    public void A_tensor_on_its_own_is_the_first_and_the_last_of_its_type()
    {
        Assert.True(Spec("").FirstOfType);
        Assert.True(Spec("").LastOfType);
        Assert.Null(Spec("").Parent);
    }

    [Fact]
    public void The_path_of_the_parent_is_the_trees_where_there_is_one()
    {
        ModuleNode root = ModuleNode.Root(new FakeLinear());
        ModuleNode dotted = root.With([("a.b", new FakeLinear())], inOrder: false)[0];
        Assert.Equal("", new ParamSpec { ModulePath = "a.b", Name = "w", Role = ParamRole.Weight, Shape = new(1), Node = dotted }.ParentPath);
        Assert.Equal("a", Spec("a.b").ParentPath);
        Assert.Equal("", Spec("a").ParentPath);
        Assert.Null(Spec("").ParentPath);
    }

    /// <summary>The root's own parameters are a branch of their own, not one with the layers registered in it.</summary>
    [Fact]
    public void The_root_is_in_no_branch_with_its_layers()
    {
        TestModel model = TestModel.Of([TestModel.Tensor(new(2, 2))], TestModel.Linear("fc", 2, 2, bias: false));
        Plan plan = Where(_ => true).Weight(From(p => Const((10 * p.BranchCount) + p.Branch))).Compile(model);
        Assert.Equal([20.0, 21], plan.Steps.Select(step => step.Law.Mean));
    }

    [Fact]
    public void A_padding_row_stays_one_in_the_rows_that_have_it()
    {
        ParamSpec embedding = TestModel.Embedding("e", 6, 3, padding: 2)[0].Spec;
        Assert.Equal(0, embedding.RowsOf(new(2, 4)).PaddingIndex);
        Assert.Equal(2, embedding.RowsOf(new(0, 3)).PaddingIndex);
        Assert.Null(embedding.RowsOf(new(0, 2)).PaddingIndex);
        Assert.Null(embedding.RowsOf(new(3, 6)).PaddingIndex);
    }

    [Fact]
    public void All_rows_are_the_parameter_with_its_blocks()
    {
        ParamSpec lstm = TestModel.Lstm("rnn", 3, 2)[0].Spec;
        Assert.Equal((4, lstm.LayerFans), (lstm.RowsOf(new(0, 8)).Blocks, lstm.RowsOf(new(0, 8)).LayerFans));
        Assert.Equal(1, lstm.RowsOf(new(0, 7)).Blocks);
    }

    [Theory]
    [InlineData(8, 4)]
    [InlineData(4, 2)]
    [InlineData(2, 1)]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(7, 1)]
    public void Rows_have_the_groups_that_they_are_whole(long rows, long groups) =>
        Assert.Equal(groups, TestModel.Conv("c", new(8, 2, 3, 3), groups: 4)[0].Spec.RowsOf(new(0, rows)).Groups);

    private static ParamSpec Spec(string module) => new() { ModulePath = module, Name = "w", Kind = LayerKind.Linear, Role = ParamRole.Weight, Shape = new(1) };
}
