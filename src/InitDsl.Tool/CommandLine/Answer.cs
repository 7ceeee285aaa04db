namespace InitDsl.Tool;

/// <summary>Carries a command out, and answers what keeps it from its work: for people, or with <c>--json</c> as JSON.</summary>
internal static class Answer
{
    /// <summary>For commands that write nothing else where something went wrong.</summary>
    /// <param name="json">Whether what went wrong is written to standard output as JSON.</param>
    /// <param name="notWhatItShouldBe">The exit code where a file is no rule set, or no record of a plan.</param>
    /// <param name="command">The command: gives its exit code.</param>
    internal static int Of(bool json, int notWhatItShouldBe, Func<IFailures, int> command)
    {
        var problems = new JsonProblems();
        int code = Of(json ? problems : new ScreenFailures(), notWhatItShouldBe, command);
        if (problems.Any)
        {
            Console.WriteLine(problems.Document);
        }

        return code;
    }

    /// <param name="failures">Told of what went wrong.</param>
    /// <param name="notWhatItShouldBe">The exit code where a file is no rule set, or no record of a plan.</param>
    /// <param name="command">The command: gives its exit code.</param>
    internal static int Of(IFailures failures, int notWhatItShouldBe, Func<IFailures, int> command)
    {
        try
        {
            return command(failures);
        }
        catch (InitTextException wrong)
        {
            failures.Add(wrong);
            return notWhatItShouldBe;
        }
        catch (InitException refused)
        {
            failures.Add(refused);
            return ExitCodes.Failed;
        }
        catch (WrongUsageException wrong)
        {
            failures.Add(wrong);
            return ExitCodes.WrongUsage;
        }
#pragma warning disable CA1031 // The last resort: said in the way that the caller reads, with the stack trace and a code of its own.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            failures.Add(defect);
            Screen.Errors.Hint(defect.ToString());
            return ExitCodes.Defect;
        }
    }
}
