namespace InitDsl;

/// <summary>
/// What a person calls a module or parameter of TorchSharp. RegisterComponents() takes the names of fields, and the field behind an
/// auto-property <c>W</c> is called <c>&lt;W&gt;k__BackingField</c>.
/// </summary>
internal static class RegisteredName
{
    private const string Suffix = ">k__BackingField";

    internal static string Plain(string name) =>
        name.StartsWith('<') && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[1..^Suffix.Length] : name;
}
