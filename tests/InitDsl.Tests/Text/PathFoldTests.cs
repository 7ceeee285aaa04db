namespace InitDsl.Tests;

public class PathFoldTests
{
    [Theory]
    [InlineData("fc.weight", "fc.weight")]
    [InlineData("h.[0-2].fc.weight", "h.0.fc.weight", "h.1.fc.weight", "h.2.fc.weight")]
    [InlineData("h.[0,2].fc", "h.0.fc", "h.2.fc")]
    [InlineData("h.[0-1].mlp.[3,5].w", "h.0.mlp.3.w", "h.0.mlp.5.w", "h.1.mlp.3.w", "h.1.mlp.5.w")]
    [InlineData("stages.{[0,2].[0-1],1.[0-2]}.norm", "stages.0.0.norm", "stages.0.1.norm", "stages.1.0.norm", "stages.1.1.norm", "stages.1.2.norm", "stages.2.0.norm", "stages.2.1.norm")]
    [InlineData("down.{0.1,1.0}.weight", "down.0.1.weight", "down.1.0.weight")]
    [InlineData("a.[0-5].b.[0-5].c", "a.0.b.0.c", "a.1.b.1.c", "a.2.b.2.c", "a.3.b.3.c", "a.4.b.4.c", "a.5.b.5.c")]
    public void Paths_of_repeated_blocks_become_one_text_that_says_which_they_are(string folded, params string[] paths) =>
        Assert.Equal(folded, PathFold.Join(paths));
}
