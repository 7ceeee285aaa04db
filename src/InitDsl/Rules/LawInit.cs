namespace InitDsl;

/// <summary>A law that is the same for every shape: constants and the plain distributions.</summary>
internal sealed class LawInit(Law law, Term term) : Init
{
    internal override Term Term => term;

    internal override Resolution Resolve(ResolutionContext context) => law;
}
