using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace InitDsl.Tests;

/// <summary>What the compiler took from the documentation above the words, as plain text.</summary>
internal static partial class Documentation
{
    private static readonly (string Name, XElement Element)[] Members =
    [
        .. XDocument.Load(Path.ChangeExtension(typeof(Dsl).Assembly.Location, "xml")).Descendants("member")
            .Select(member => ((string)member.Attribute("name")!, member)),
    ];

    internal static string? Summary(Type owner, WordForm form) => Plain(Of(owner, form)?.Element("summary"));

    internal static string? Parameter(Type owner, WordForm form, string name) =>
        Plain(Of(owner, form)?.Elements("param").SingleOrDefault(parameter => (string?)parameter.Attribute("name") == name));

    /// <summary>The member of that name that takes the same; else the first, as for module types, which code gives in angle brackets.</summary>
    private static XElement? Of(Type owner, WordForm form)
    {
        string name = $"{owner.FullName}.{form.Name}";
        string[] wanted = [.. form.Parameters.Select(parameter => parameter.Name)];
        return Members.Where(member => Bare().Replace(member.Name[2..], "") == name)
            .Select(member => member.Element)
            .OrderByDescending(member => member.Elements("param").Select(parameter => (string?)parameter.Attribute("name")).SequenceEqual(wanted))
            .FirstOrDefault();
    }

    private static string? Plain(XElement? element) =>
        element is null ? null : Space().Replace(string.Concat(element.Nodes().Select(Plain)), " ").Trim();

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => Bare().Replace((string)see.Attribute("cref")!, "").Split('.')[^1],
        XElement { Name.LocalName: "paramref" or "typeparamref" } parameter => (string)parameter.Attribute("name")!,
        XElement other => string.Concat(other.Nodes().Select(Plain)),
        _ => "",
    };

    /// <summary>Type parameters and parameters behind a name.</summary>
    [GeneratedRegex(@"(``?\d+)?(\(.*)?$")]
    private static partial Regex Bare();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
