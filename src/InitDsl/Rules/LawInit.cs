namespace InitDsl;

/// <summary>A law that is the same for every shape: constants and the plain distributions.</summary>
internal sealed class LawInit(Law law, string text) : Init
{
    public override string ToString() => text;

    internal override Resolution Resolve(ResolutionContext context) => law;
}
