namespace InitDsl.Tests;

public class ModuleNodeTests
{
    [Fact]
    public void A_node_comes_before_what_lies_in_it_and_before_those_registered_later()
    {
        ModuleNode root = ModuleNode.Root(new FakeLinear());
        IReadOnlyList<ModuleNode> top = root.With([("a", new FakeLinear()), ("b", new FakeLinear())], inOrder: false);
        ModuleNode inner = top[0].With([("a.x", new FakeLinear())], inOrder: false)[0];
        ModuleNode deep = inner.With([("a.x.y", new FakeLinear())], inOrder: false)[0];
        ModuleNode[] preOrder = [root, top[0], inner, deep, top[1]];
        for (int i = 0; i < preOrder.Length; i++)
        {
            for (int j = 0; j < preOrder.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(ModuleNode.Compare(preOrder[i], preOrder[j])));
            }
        }
    }

    [Fact]
    public void First_and_last_of_a_type_are_so_among_those_registered_in_one_module()
    {
        ModuleNode root = ModuleNode.Root(new FakeLinear());
        IReadOnlyList<ModuleNode> children = root.With([("a", new FakeLinear()), ("n", new FakeNorm()), ("b", new FakeLinear()), ("c", new FakeLinear())], inOrder: false);
        Assert.Equal([(true, false), (true, true), (false, false), (false, true)], children.Select(child => (child.FirstOfType, child.LastOfType)));

        // The root is registered in none, and is alone.
        Assert.Equal((true, true), (root.FirstOfType, root.LastOfType));
        Assert.Equal((null, null), (root.Previous, root.Next));
    }

    [Fact]
    public void A_node_has_a_path_and_a_module()
    {
        ModuleNode root = ModuleNode.Root(new FakeLinear());
        Assert.Throws<ArgumentNullException>("module", () => ModuleNode.Root(null!));
        Assert.Throws<ArgumentNullException>("children", () => root.With(null!, inOrder: true));
        Assert.Throws<ArgumentNullException>("path", () => root.With([(null!, new FakeLinear())], inOrder: true));
        Assert.Throws<ArgumentNullException>("module", () => root.With([("a", null!)], inOrder: true));
    }
}
