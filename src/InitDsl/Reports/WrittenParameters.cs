using System.Globalization;
using System.Text;

namespace InitDsl;

/// <summary>What an apply that did not come to its end had done, parameter by parameter, in the order of the plan.</summary>
public sealed class WrittenParameters
{
    /// <summary>More different names than this are counted, not told, in texts.</summary>
    private const int MostNames = 12;

    internal WrittenParameters(IReadOnlyList<string> whole, IReadOnlyList<string> inPart, IReadOnlyList<string> notAtAll)
    {
        Whole = whole;
        InPart = inPart;
        NotAtAll = notAtAll;
    }

    /// <summary>The paths of the parameters that have all their new values.</summary>
    public IReadOnlyList<string> Whole { get; }

    /// <summary>The paths of the parameters whose writing was begun and did not end: new values among old ones, or
    /// among none where the memory had just been taken.</summary>
    public IReadOnlyList<string> InPart { get; }

    /// <summary>The paths of the parameters that have all their old values.</summary>
    public IReadOnlyList<string> NotAtAll { get; }

    /// <summary>A line for each kind of which there are any, repeated blocks folded: <c>h.[0-11].fc.weight</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line("written", Whole);
        Line("written in part", InPart);
        Line("not written", NotAtAll);
        return text.ToString().TrimEnd();

        void Line(string what, IReadOnlyList<string> paths)
        {
            if (paths.Count > 0)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {what} ({Numbers.Count(paths.Count)}): {Names(paths)}");
            }
        }
    }

    private static string Names(IReadOnlyList<string> paths)
    {
        IGrouping<string, string>[] names = [.. paths.GroupBy(PathFold.Skeleton)];
        string told = string.Join(", ", names.Take(MostNames).Select(name => PathFold.Join([.. name])));
        int others = names.Skip(MostNames).Sum(name => name.Count());
        return others == 0 ? told : $"{told} and {Numbers.Count(others)} more";
    }
}
