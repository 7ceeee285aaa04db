namespace InitDsl.Tests.Documentation;

/// <summary>A fenced block of code, and what the page says it prints.</summary>
/// <param name="Line">The line of the page on which the code begins, from 1.</param>
/// <param name="Language">The first word behind the fence.</param>
/// <param name="Marks">The other words.</param>
/// <param name="Code">What stands between the fences.</param>
/// <param name="Output">
/// The <c>text</c> block that follows under the comment <c>output of the block above</c>; null where there is none.
/// </param>
internal sealed record MarkdownBlock(int Line, string Language, IReadOnlyList<string> Marks, string Code, string? Output)
{
    private const string Fence = "```";
    private const string OutputFollows = "<!-- output of the block above -->";

    internal static IReadOnlyList<MarkdownBlock> Of(string page)
    {
        string[] lines = page.ReplaceLineEndings("\n").Split('\n');
        var blocks = new List<MarkdownBlock>();
        bool outputFollows = false;
        for (int at = 0; at < lines.Length; at++)
        {
            outputFollows |= lines[at] == OutputFollows;
            if (!lines[at].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            int end = Array.IndexOf(lines, Fence, at + 1);
            Assert.True(end > 0, $"The block on line {at + 1} is not closed.");
            string[] words = lines[at][Fence.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string code = string.Join('\n', lines[(at + 1)..end]);
            if (outputFollows)
            {
                blocks[^1] = blocks[^1] with { Output = code };
                outputFollows = false;
            }
            else
            {
                blocks.Add(new(at + 2, words.FirstOrDefault() ?? "", [.. words.Skip(1)], code, null));
            }

            at = end;
        }

        return blocks;
    }
}
