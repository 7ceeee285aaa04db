namespace InitDsl.Tool;

/// <summary>What a script finds besides its imports. The names are those of <c>dotnet script</c>.</summary>
public sealed class ScriptGlobals
{
    internal ScriptGlobals(IList<string> args) => Args = args;

    /// <summary>The arguments after the script's path.</summary>
    public IList<string> Args { get; }
}
