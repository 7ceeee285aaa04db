#nullable enable
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Restores the Paket tool and the packages of paket.lock, from the NuGet source that this machine has enabled.
/// An inline MSBuild task (see Paket.proj): plain .NET Standard 2.0, nothing to install.
/// </summary>
public sealed class RestorePackages : Task
{
    private const string Feed = "NUGET_FEED";
    private const string FeedInLock = "%NUGET_FEED%";

    [Required] public string Root { get; set; } = "";
    [Required] public string RestoredFile { get; set; } = "";
    [Required] public string Platform { get; set; } = "";
    public string Dotnet { get; set; } = "";
    public string Key { get; set; } = "";
    public bool UpdateLock { get; set; }

    public override bool Execute()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(RestoredFile)!);
            using (OnlyOneAtATime())
            {
                if (!UpdateLock && AlreadyDone())
                    return true;

                string? given = Environment.GetEnvironmentVariable(Feed);
                var feeds = string.IsNullOrWhiteSpace(given) ? EnabledSources() : new List<string> { given! };
                if (feeds.Count == 0)
                    throw new Failure("No NuGet source is enabled on this machine, so no package can be restored. " +
                        "Enable one (`dotnet nuget list source` shows them) or set the environment variable " + Feed + " to a feed.");

                RestoreTool(string.IsNullOrWhiteSpace(given) ? null : given);
                if (UpdateLock)
                    FirstThatWorks(feeds, ResolveAgain);
                else
                    FirstThatWorks(feeds, RestoreAll);
            }
        }
        catch (Failure failure)
        {
            Log.LogError(null, "INITDSL001", null, Path.Combine(Root, "paket.dependencies"), 0, 0, 0, 0, "{0}", failure.Message);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Two builds started side by side must not restore at once; the second finds the work done.</summary>
    private FileStream OnlyOneAtATime()
    {
        string path = RestoredFile + ".lock";
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(100))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (waited.Elapsed < TimeSpan.FromMinutes(20))
            {
            }
        }
    }

    private bool AlreadyDone()
    {
        if (!File.Exists(RestoredFile))
            return false;
        string text = File.ReadAllText(RestoredFile);
        Match native = Regex.Match(text, "<LibTorchNativeFolder>(.*?)</");
        return text.Contains("<PaketRestoredKey>" + Key + "<")
            && (!native.Success || Directory.Exists(Unescape(native.Groups[1].Value)));
    }

    /// <summary>`dotnet nuget list source --format short` prints one source a line: E or D, more letters, a space, the source.</summary>
    private List<string> EnabledSources()
    {
        Outcome listed = Run(null, "nuget", "list", "source", "--format", "short");
        if (listed.Code != 0)
            throw new Failure("`dotnet nuget list source` failed, so the NuGet feed of this machine is not known: " + listed.Reason);
        return listed.Output.Split('\n')
            .Select(line => Regex.Match(line.Trim(), @"^E[A-Z]* (.+)$"))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value)
            .ToList();
    }

    private void RestoreTool(string? feed)
    {
        Outcome outcome = feed == null
            ? Run(null, "tool", "restore")
            : Run(null, "tool", "restore", "--add-source", feed);
        if (outcome.Code != 0)
            throw new Failure("The Paket tool could not be restored (`dotnet tool restore`): " + outcome.Reason);
    }

    private void FirstThatWorks(List<string> feeds, Func<string, string?> attempt)
    {
        var reasons = new List<string>();
        foreach (string feed in feeds)
        {
            string? reason = attempt(feed);
            if (reason == null)
                return;
            reasons.Add("from " + WithoutCredentials(feed) + ": " + WithoutCredentials(reason));
        }

        throw new Failure("The packages of paket.lock could not be restored " + string.Join("; ", reasons) +
            (feeds.Count == 1 ? "" : " (none of the enabled NuGet sources has them all)"));
    }

    private static string WithoutCredentials(string text) => Regex.Replace(text, @"(://)[^/@\s]+@", "$1");

    private string? RestoreAll(string feed)
    {
        var groups = new List<string> { "Main" };
        Match libtorch = Regex.Match(File.ReadAllText(Path.Combine(Root, "paket.lock")),
            @"(?m)^    (libtorch-cpu-" + Regex.Escape(Platform) + @") \(([^\s)]+)\)");
        if (libtorch.Success)
            groups.Add("LibTorch-" + Platform);
        else
            Log.LogMessage(MessageImportance.High, "InitDsl: no libtorch package is known for {0}; what needs TorchSharp will not run here.", Platform);

        foreach (string group in groups)
        {
            Log.LogMessage(MessageImportance.High, "InitDsl: restoring {0} with Paket{1}", group == "Main" ? "packages" : "libtorch",
                group == "Main" ? "" : " (0.1 to 0.2 GB, once per machine)");
            Outcome outcome = Run(feed, "paket", "restore", "--group", group);
            if (outcome.Code != 0)
                return outcome.Reason;
        }

        string folder = PackageFolder();
        string native = "";
        if (libtorch.Success)
        {
            native = Path.Combine(folder, libtorch.Groups[1].Value, ThreeParts(libtorch.Groups[2].Value), "runtimes", Platform, "native");
            if (!Directory.Exists(native))
                return "Paket reported success but " + native + " is missing";
        }

        File.WriteAllText(RestoredFile,
            "<Project>\n  <PropertyGroup>\n" +
            "    <PaketRestoredKey>" + Key + "</PaketRestoredKey>\n" +
            (native == "" ? "" : "    <LibTorchNativeFolder>" + Escape(native + Path.DirectorySeparatorChar) + "</LibTorchNativeFolder>\n" +
                "    <LibTorchPlatform>" + Platform + "</LibTorchPlatform>\n") +
            "  </PropertyGroup>\n</Project>\n");
        return null;
    }

    /// <summary>
    /// Resolves paket.dependencies in a folder of its own, so that Paket edits no project file, until the result no
    /// longer changes: some mirrors tell a package's dependencies only through the package itself.
    /// </summary>
    private string? ResolveAgain(string feed)
    {
        string folder = Path.Combine(Path.GetDirectoryName(RestoredFile)!, "resolve");
        if (Directory.Exists(folder))
            Directory.Delete(folder, true);
        Directory.CreateDirectory(Path.Combine(folder, ".config"));
        foreach (string file in new[] { "paket.dependencies", ".config/dotnet-tools.json" })
            File.Copy(Path.Combine(Root, file), Path.Combine(folder, file));

        string lockFile = Path.Combine(folder, "paket.lock");
        for (string before = ""; ;)
        {
            File.Delete(lockFile);
            foreach (var arguments in new[] { new[] { "paket", "update", "--no-install" }, new[] { "paket", "restore", "--group", "Main" } })
            {
                Outcome outcome = RunIn(folder, feed, arguments);
                if (outcome.Code != 0)
                    return outcome.Reason;
            }

            string now = File.ReadAllText(lockFile);
            if (now == before)
                break;
            before = now;
        }

        string portable = Regex.Replace(File.ReadAllText(lockFile).Replace("\r\n", "\n"), @"(?m)^(\s+remote: ).*$", "$1" + FeedInLock);
        File.WriteAllText(Path.Combine(Root, "paket.lock"), portable);
        Directory.Delete(folder, true);
        Log.LogMessage(MessageImportance.High, "InitDsl: paket.lock is written");
        return null;
    }

    private string PackageFolder()
    {
        string? given = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        return string.IsNullOrEmpty(given)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")
            : Path.GetFullPath(given);
    }

    /// <summary>Paket writes 2.10 for what the package folder calls 2.10.0.</summary>
    private static string ThreeParts(string version)
    {
        string number = Regex.Match(version, @"^[\d.]+").Value;
        string rest = version.Substring(number.Length);
        while (number.Split('.').Length < 3)
            number += ".0";
        return number + rest;
    }

    private static string Escape(string text) =>
        SecurityElement.Escape(Regex.Replace(text, @"[%$@;'()*?]", match => "%" + ((int)match.Value[0]).ToString("X2")));

    private static string Unescape(string text) =>
        Uri.UnescapeDataString(text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&quot;", "\"").Replace("&apos;", "'").Replace("&amp;", "&"));

    private Outcome Run(string? feed, params string[] arguments) => RunIn(Root, feed, arguments);

    private Outcome RunIn(string folder, string? feed, params string[] arguments)
    {
        var start = new ProcessStartInfo(Dotnet == "" ? "dotnet" : Dotnet)
        {
            WorkingDirectory = folder,
            Arguments = string.Join(" ", arguments.Select(argument => argument.Contains(' ') ? "\"" + argument + "\"" : argument)),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (feed != null)
            start.EnvironmentVariables[Feed] = feed;
        start.EnvironmentVariables["PAKET_SKIP_RESTORE_TARGETS"] = "true";
        start.EnvironmentVariables["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // Not the settings of the MSBuild that runs this task.
        foreach (string name in new[] { "MSBuildExtensionsPath", "MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly" })
            start.EnvironmentVariables.Remove(name);

        var output = new StringBuilder();
        using (var process = new Process { StartInfo = start })
        {
            DataReceivedEventHandler keep = (_, line) =>
            {
                if (line.Data == null)
                    return;
                lock (output)
                    output.Append(line.Data).Append('\n');
                Log.LogMessage(MessageImportance.Low, "{0}", line.Data);
            };
            process.OutputDataReceived += keep;
            process.ErrorDataReceived += keep;
            process.Start();
            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
            return new Outcome(process.ExitCode, output.ToString());
        }
    }

    private sealed class Outcome
    {
        public Outcome(int code, string output)
        {
            Code = code;
            Output = output;
        }

        public int Code { get; }
        public string Output { get; }

        /// <summary>The first line in which the tool says what went wrong.</summary>
        public string Reason
        {
            get
            {
                var lines = Output.Split('\n').Select(line => line.Trim()).Where(line => line != "").ToList();
                // Paket nests its reasons, the last being the cause.
                string? said = lines.LastOrDefault(line => line.StartsWith("->"))
                    ?? lines.FirstOrDefault(line => Regex.IsMatch(line, @"error|unable|fail", RegexOptions.IgnoreCase) && line != "Paket failed with")
                    ?? lines.LastOrDefault();
                return said == null ? "exit code " + Code : said.TrimStart('-', '>', ' ');
            }
        }
    }

    private sealed class Failure : Exception
    {
        public Failure(string message) : base(message)
        {
        }
    }
}
