using System.Runtime.CompilerServices;

namespace InitDsl.Tests;

public class FinetuneCheckpointTests
{
    [Fact]
    public void The_committed_files_are_those_that_are_made_here()
    {
        // To make them anew, set INITDSL_WRITE_FINETUNE and run this test.
        string folder = Folder();
        foreach ((string name, byte[] content) in FinetuneCheckpoint.Files())
        {
            string path = Path.Combine(folder, name);
            if (Environment.GetEnvironmentVariable("INITDSL_WRITE_FINETUNE") is not null)
            {
                Directory.CreateDirectory(folder);
                File.WriteAllBytes(path, content);
            }

            Assert.Equal(content, File.ReadAllBytes(path));
        }
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../scripts/finetune"));
}
