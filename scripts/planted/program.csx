// Runs a program to its end, for plant.csx and ../mutation/mutation.csx.

using System.Collections.Generic;
using System.Diagnostics;

static class Program
{
    /// <summary>Runs a program: its exit code, null when it did not end in time, and what it printed.</summary>
    public static (int? Code, string Output) Run(string program, string folder, IReadOnlyDictionary<string, string> environment, TimeSpan limit, params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(limit);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        return (ended ? process.ExitCode : null, output.Result + errors.Result);
    }
}
