using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace InitDsl.Tool;

/// <summary>Says what a script threw, and where in the script.</summary>
internal static class FailureReport
{
    /// <summary>A recursion that went wrong has said enough by then.</summary>
    private const int MaxFrames = 20;

    internal static void Write(Exception exception, Assembly script, bool verbose)
    {
        foreach (Exception cause in Unwrapped(exception, script))
        {
            WriteOne(cause, script);
        }

        if (verbose)
        {
            Screen.Errors.Hint(exception.ToString());
        }
    }

    /// <summary>What was thrown, without the wrappings of tasks and reflection.</summary>
    internal static IReadOnlyList<Exception> Unwrapped(Exception exception, Assembly script) => exception switch
    {
        // One that tasks made; one that a script throws itself has a place in it, and is shown as it is.
        AggregateException { InnerExceptions.Count: > 0 } aggregate when !IsThrownBy(script, aggregate) =>
            [.. aggregate.InnerExceptions.SelectMany(inner => Unwrapped(inner, script))],
        TargetInvocationException { InnerException: { } inner } => Unwrapped(inner, script),
        _ => [exception],
    };

    private static bool IsThrownBy(Assembly script, Exception exception) =>
        new StackTrace(exception).GetFrame(0)?.GetMethod()?.Module.Assembly == script;

    private static void WriteOne(Exception exception, Assembly script)
    {
        if (exception is InitException refused)
        {
            DiagnosticTable.Write(refused);
        }
        else if (exception is ApplyCanceledException or ApplyFailedException)
        {
            // It says by itself what happened.
            Screen.Errors.Error(Message(exception));
        }
        else
        {
            Screen.Errors.Error($"{Name(exception.GetType())}: {Message(exception)}");
        }

        WriteFrames(exception, script);
        for (Exception? inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            Screen.Errors.Hint($"because of {Name(inner.GetType())}: {Message(inner)}");
            WriteFrames(inner, script);
        }
    }

    private static void WriteFrames(Exception exception, Assembly script)
    {
        IReadOnlyList<ScriptFrame> frames = ScriptFrame.Of(exception, script);
        foreach (ScriptFrame frame in frames.Take(MaxFrames))
        {
            Screen.Errors.Line(new Paragraph($"  at {frame}"));
        }

        if (frames.Count > MaxFrames)
        {
            Screen.Errors.Hint($"  and {frames.Count - MaxFrames} more");
        }
    }

    /// <summary>A type of the script's own is nested in the class that the compiler makes of a script.</summary>
    internal static string Name(Type type) =>
        type.DeclaringType?.Name.StartsWith("Submission#", StringComparison.Ordinal) == true ? type.Name : type.FullName!;

    /// <summary>What is said of an exception that nobody expected.</summary>
    internal static string Unexpected(Exception defect) =>
        $"{Name(defect.GetType())}, which initdsl did not expect: {Message(defect)} Where the stack trace begins in no code of yours, please report it with the trace.";

    /// <summary>libtorch puts the frames of its C++ stack into the message.</summary>
    internal static string Message(Exception exception)
    {
        int stack = exception is ExternalException
            ? exception.Message.IndexOf("\nException raised from", StringComparison.Ordinal)
            : -1;
        return (stack < 0 ? exception.Message ?? "" : exception.Message[..stack]).Trim();
    }
}
