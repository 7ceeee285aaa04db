namespace InitDsl.Tool;

/// <summary>Carries a command out, and answers what keeps it from its work: for people, or with <c>--json</c> as JSON.</summary>
internal static class Answer
{
    /// <param name="json">Whether what went wrong is written to standard output as JSON.</param>
    /// <param name="notWhatItShouldBe">The exit code where a file is no rule set, or no record of a plan.</param>
    /// <param name="command">The command: gives its exit code.</param>
    internal static int Of(bool json, int notWhatItShouldBe, Func<IFailures, int> command)
    {
        var problems = new JsonProblems();
        IFailures failures = json ? problems : new ScreenFailures();
        int code;
        try
        {
            code = command(failures);
        }
        catch (InitTextException wrong)
        {
            failures.Add(wrong);
            code = notWhatItShouldBe;
        }
        catch (InitException refused)
        {
            failures.Add(refused);
            code = ExitCodes.Failed;
        }
        catch (WrongUsageException wrong)
        {
            failures.Add(wrong);
            code = ExitCodes.WrongUsage;
        }

        if (problems.Any)
        {
            Console.WriteLine(problems.Document);
        }

        return code;
    }
}
