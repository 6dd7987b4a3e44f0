namespace DiffSeg.Offline;

/// <summary>Lets one process at a time decide. The operating system releases it when the process ends, however it ends.</summary>
internal static class DecisionLock
{
    public static FileStream Take(string file)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                Thread.Sleep(200);
            }
        }
    }
}
