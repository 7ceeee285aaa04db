using Spectre.Console;

namespace InitDsl.Tool;

/// <summary>What the tool adds to each apply of a script: Ctrl+C, and a bar where a person is watching.</summary>
/// <param name="finished">Told of every apply that has written everything; null for nobody.</param>
internal sealed class TerminalWatch(Action<Plan, Report>? finished) : ApplyWatch
{
    private readonly CancellationTokenSource interrupt = Interrupts.Begin();
    private readonly ApplyBar? bar = Screen.Errors.Terminal is { } terminal ? ApplyBar.WhenItTakesLong(terminal) : null;

    internal override CancellationToken CancellationToken => interrupt.Token;

    public override void Report(ApplyProgress value) => bar?.Report(value);

    internal override void Finished(Plan plan, Report report) => finished?.Invoke(plan, report);

    public override void Dispose()
    {
        bar?.Dispose();
        Interrupts.End(interrupt);
    }
}
