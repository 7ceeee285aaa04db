namespace InitDsl;

/// <summary>
/// Applying a plan failed after it had begun: the memory of a parameter could not be written, or whoever was told of
/// the progress threw. The cause is the inner exception. <see cref="Written"/> says what was written until then;
/// applying the plan again gives every parameter its full, right values.
/// </summary>
public sealed class ApplyFailedException : Exception
{
    internal ApplyFailedException(string message, WrittenParameters written, Exception cause)
        : base(message, cause) => Written = written;

    /// <summary>Which parameters are written.</summary>
    public WrittenParameters Written { get; }
}
