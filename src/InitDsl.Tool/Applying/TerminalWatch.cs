using Spectre.Console;

namespace InitDsl.Tool;

/// <summary>What the tool adds to each apply of a script: Ctrl+C, and a bar where a person is watching.</summary>
internal sealed class TerminalWatch : ApplyWatch
{
    private readonly CancellationTokenSource interrupt = Interrupts.Begin();
    private readonly ApplyBar? bar = Screen.Errors.Terminal is { } terminal ? ApplyBar.WhenItTakesLong(terminal) : null;

    internal override CancellationToken CancellationToken => interrupt.Token;

    public override void Report(ApplyProgress value) => bar?.Report(value);

    public override void Dispose()
    {
        bar?.Dispose();
        Interrupts.End(interrupt);
    }
}
