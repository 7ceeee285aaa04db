using System.Globalization;
using Spectre.Console;

namespace InitDsl.Tool;

/// <summary>A progress bar for an apply that takes more than a second. Nothing is left of it in the end.</summary>
internal sealed class ApplyBar : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>The terminal that a bar is on: there is room for one, whatever a script applies at a time.</summary>
    private static IAnsiConsole? taken;

    private readonly IAnsiConsole terminal;
    private readonly CancellationTokenSource over = new();
    private readonly Task shown;
    private volatile ApplyProgress? latest;

    private ApplyBar(IAnsiConsole terminal)
    {
        this.terminal = terminal;
        shown = Task.Run(Show);
    }

    internal static ApplyBar WhenItTakesLong(IAnsiConsole terminal) => new(terminal);

    /// <summary>For a process that ends while a bar is there: the bar hides the cursor.</summary>
    internal static void RestoreTerminal() => Volatile.Read(ref taken)?.Cursor.Show();

    internal void Report(ApplyProgress progress) => latest = progress;

    /// <summary>Ends the bar and waits until it has been cleared.</summary>
    public void Dispose()
    {
        over.Cancel();
        shown.GetAwaiter().GetResult();
        over.Dispose();
    }

    private async Task Show()
    {
        if (await IsOverWithin(Patience) || Interlocked.CompareExchange(ref taken, terminal, null) is not null)
        {
            return;
        }

        try
        {
            await terminal.Progress()
                .AutoClear(true)
                .Columns(
                    new ProgressBarColumn(),
                    new PercentageColumn(),
                    new RemainingTimeColumn(),
                    new TaskDescriptionColumn { Alignment = Justify.Left })
                .StartAsync(async context =>
                {
                    ProgressTask bar = context.AddTask("…");
                    bar.MaxValue = 1;
                    do
                    {
                        if (latest is { } progress)
                        {
                            bar.Value = progress.Fraction;
                            bar.Description = Description(progress);
                        }
                    }
                    while (!await IsOverWithin(BetweenLooks));
                });
        }
        finally
        {
            Volatile.Write(ref taken, null);
        }
    }

    private async Task<bool> IsOverWithin(TimeSpan time)
    {
        await Task.Delay(time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return over.IsCancellationRequested;
    }

    private static string Description(ApplyProgress progress) => Markup.Escape(string.Create(
        CultureInfo.InvariantCulture, $"{progress.ParametersWritten:N0} of {progress.ParametersInAll:N0} parameters, {progress.Path}"));
}
