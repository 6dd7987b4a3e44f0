using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Workout;

/// <summary>Three small pictures as files, of different shapes and formats.</summary>
public sealed class PhotoFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PhotoFiles()
    {
        string[] files = [_folder.File("wide.png"), _folder.File("tall.jpg"), _folder.File("square.png")];
        (int Height, int Width)[] sizes = [(120, 200), (203, 101), (64, 64)];
        for (int i = 0; i < files.Length; i++)
        {
            using MLImage picture = TestData.Picture(sizes[i].Height, sizes[i].Width, TestData.Regions(i));
            picture.Save(files[i]);
        }

        Paths = files;
    }

    public string[] Paths { get; }

    public string Joined => string.Join('|', Paths);

    public void Dispose() => _folder.Dispose();
}
