namespace InitDsl;

/// <summary>PyTorch's own random generator, drawing parameter after parameter as <c>torch.nn.init</c> would.</summary>
public abstract class TorchGenerator : IDisposable
{
    /// <summary>Why PyTorch has no counterpart of a law, as the end of a sentence; null when it has one.</summary>
    /// <param name="law">The law.</param>
    /// <param name="spec">The parameter.</param>
    public abstract string? WhyNot(Law law, ParamSpec spec);

    /// <summary>Draws the next parameter, moving the generator on as PyTorch would.</summary>
    /// <param name="store">The parameter.</param>
    /// <param name="law">A law that <see cref="WhyNot"/> does not refuse.</param>
    public abstract void Draw(ParameterStore store, Law law);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the generator.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
