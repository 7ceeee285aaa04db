namespace InitDsl;

/// <summary>
/// Applying a plan was cancelled. <see cref="Written"/> says what was written until then; applying the plan again
/// gives every parameter its full, right values.
/// </summary>
public sealed class ApplyCanceledException : OperationCanceledException
{
    internal ApplyCanceledException(string message, WrittenParameters written, Exception? cause, CancellationToken token)
        : base(message, cause, token) => Written = written;

    /// <summary>Which parameters are written.</summary>
    public WrittenParameters Written { get; }
}
