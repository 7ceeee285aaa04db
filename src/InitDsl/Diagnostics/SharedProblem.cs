namespace InitDsl;

/// <summary>Why an initializer cannot apply to many parameters alike, and what to write instead.</summary>
/// <param name="What">What is wrong with these parameters, as a full sentence that names them.</param>
/// <param name="Instead">What to write instead, as a full sentence.</param>
internal sealed record SharedProblem(Func<IReadOnlyList<ParamSpec>, string> What, string Instead);

/// <summary>
/// What the library's own members, asked in a function of the user's, throw where they are asked of a parameter that does
/// not fit. Where the function is one of <c>From</c>, the plan says it once of all parameters.
/// </summary>
/// <param name="message">What is wrong with this parameter, for those who ask elsewhere.</param>
/// <param name="problem">What is wrong with all of them.</param>
internal sealed class ParameterMismatchException(string message, SharedProblem problem) : InvalidOperationException(message)
{
    internal SharedProblem Problem { get; } = problem;
}
