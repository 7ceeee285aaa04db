using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace InitDsl.Tool;

/// <summary>A place in a script that an exception passed through.</summary>
/// <param name="File">The full path.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1; 0 when it is not known.</param>
/// <param name="Member">The method that was running; null for the script's own statements.</param>
internal sealed record ScriptFrame(string File, int Line, int Column, string? Member)
{
    /// <summary>The frames within the script and the files it loads, innermost first; nothing of the host's or a library's.</summary>
    internal static IReadOnlyList<ScriptFrame> Of(Exception exception, Assembly script) =>
    [
        .. new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .Where(frame => frame.GetMethod()?.Module.Assembly == script && frame.GetFileName() is not null && frame.GetFileLineNumber() > 0)
            .Select(frame => new ScriptFrame(
                frame.GetFileName()!,
                frame.GetFileLineNumber(),
                frame.GetFileColumnNumber(),
                Name(frame.GetMethod()!))),
    ];

    public override string ToString()
    {
        string column = Column > 0 ? string.Create(CultureInfo.InvariantCulture, $":{Column}") : "";
        string member = Member is null ? "" : $" in {Member}";
        return string.Create(CultureInfo.InvariantCulture, $"{Places.Shown(File)}:{Line}{column}{member}");
    }

    /// <summary>
    /// The name as it stands in the source. The compiler keeps an asynchronous method in a nested class
    /// <c>&lt;Name&gt;d__1</c>, a lambda in <c>&lt;Name&gt;b__0</c>, a local function in <c>&lt;Name&gt;g__Local|0</c>,
    /// and the statements of a script in <c>&lt;Initialize&gt;</c>.
    /// </summary>
    private static string? Name(MethodBase method)
    {
        string name = method.Name == "MoveNext" ? method.DeclaringType!.Name : method.Name;
        if (name == "<Initialize>"
            || (name.StartsWith("<<Initialize>>", StringComparison.Ordinal) && !name.Contains(">g__", StringComparison.Ordinal)))
        {
            return null;
        }

        int local = name.IndexOf(">g__", StringComparison.Ordinal);
        if (local >= 0)
        {
            name = name[(local + ">g__".Length)..].Split('|')[0];
        }
        else if (name.StartsWith('<'))
        {
            name = name.TrimStart('<').Split('>')[0];
        }

        Type? type = method.DeclaringType;
        while (type is not null && type.Name.StartsWith('<'))
        {
            type = type.DeclaringType;
        }

        return name switch
        {
            ".ctor" => $"new {type!.Name}",
            ".cctor" => $"static {type!.Name}",
            _ when type is null || type.Name.StartsWith("Submission#", StringComparison.Ordinal) => name,
            _ => $"{type.Name}.{name}",
        };
    }
}
