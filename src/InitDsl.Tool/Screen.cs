using Spectre.Console;
using Spectre.Console.Rendering;

namespace InitDsl.Tool;

/// <summary>Where the tool itself speaks: standard error, so that a script's output can be piped on.</summary>
internal sealed class Screen
{
    /// <summary>Wide enough that no path or message is broken in a file or a pipe.</summary>
    private const int UnboundedWidth = 100_000;

    /// <summary>A table in a file still has to be readable.</summary>
    private const int TableWidthInFiles = 160;

    private readonly IAnsiConsole console;
    private readonly bool redirected;

    private Screen(TextWriter writer, bool redirected)
    {
        this.redirected = redirected;
        console = Create(writer, redirected, InteractionSupport.No);
        Terminal = !redirected && Create(writer, redirected, InteractionSupport.Yes) is { Profile.Capabilities: { Ansi: true, Interactive: true } } terminal
            ? terminal
            : null;
        if (redirected)
        {
            console.Profile.Width = UnboundedWidth;
            console.Profile.Capabilities.Unicode = true;
        }
    }

    /// <summary>Standard error.</summary>
    internal static Screen Errors { get; } = new(Console.Error, Console.IsErrorRedirected);

    /// <summary>Where something may move, a person watching; null where there is none.</summary>
    internal IAnsiConsole? Terminal { get; }

    /// <summary><c>error: …</c></summary>
    internal void Error(string message) => Line(new Paragraph().Append("error", new Style(Color.Red)).Append(": " + message));

    /// <summary>A dimmed line below an error.</summary>
    internal void Hint(string message) => Line(new Paragraph().Append(message, new Style(decoration: Decoration.Dim)));

    /// <summary>A line of text with styles.</summary>
    internal void Line(Paragraph line)
    {
        console.Write(line);
        console.WriteLine();
    }

    /// <summary>A table, as wide as the terminal allows.</summary>
    internal void Table(Table table)
    {
        int width = console.Profile.Width;
        console.Profile.Width = redirected ? TableWidthInFiles : width;
        console.Write((IRenderable)table);
        console.Profile.Width = width;
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected, InteractionSupport interactive) =>
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            // Spectre follows NO_COLOR; what is not a terminal gets no colours either.
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = interactive,
        });
}
