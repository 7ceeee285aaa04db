namespace InitDsl.Tests;

public class PlaceholderTests
{
    [Fact]
    public void Tests_run() => Assert.Equal("InitDsl", typeof(PlaceholderTests).Namespace!.Split('.')[0]);
}
