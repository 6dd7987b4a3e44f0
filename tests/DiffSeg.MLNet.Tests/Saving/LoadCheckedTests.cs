using System.IO.Compression;
using DiffSeg.Fuzzing;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Saving;

/// <summary>Models that are checked before they are loaded.</summary>
public sealed class LoadCheckedTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string File => _folder.File("model.zip");

    [Fact]
    public void A_model_is_loaded_as_ML_NET_loads_it()
    {
        using var small = new SmallModel();
        PictureFiles.WritePng(_folder.File("a.png"), 24, 32, 3, (y, x, _) => (byte)(y * x));
        IDataView rows = _ml.Data.LoadFromEnumerable([new ImageSource { ImagePath = _folder.File("a.png") }]);
        ITransformer chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", small.Model).Fit(rows);
        _ml.Model.Save(chain, rows.Schema, File);

        ITransformer loaded = _ml.Model.LoadChecked(File, out DataViewSchema? schema);

        Assert.Equal(["ImagePath"], schema!.Select(column => column.Name));
        Assert.Equal(RowValues.Read(chain.Transform(rows), "Mask"), RowValues.Read(loaded.Transform(rows), "Mask"));
    }

    [Fact]
    public void A_model_without_a_schema_has_none()
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(Copy(), null, stream);

        ITransformer loaded = _ml.Model.LoadChecked(stream, out DataViewSchema? schema);

        Assert.Null(schema);
        Assert.Equal(["a.png"], loaded.Transform(Rows()).GetColumn<string>("Twin"));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void A_bit_that_turned_is_damage()
    {
        // Text that does not pack: it is most of the file.
        string text = Convert.ToBase64String([.. Enumerable.Range(0, 10_000).Select(i => (byte)((i * i) ^ (i >> 3)))]);
        _ml.Model.Save(_ml.Transforms.Conversion.MapValue("Text", [KeyValuePair.Create("a.png", text)], "ImagePath").Fit(Rows()), Rows().Schema, File);
        byte[] damaged = System.IO.File.ReadAllBytes(File);
        damaged[damaged.Length / 2] ^= 4;

        var error = Assert.Throws<FormatException>(() => _ml.Model.LoadChecked(new MemoryStream(damaged), out _));
        Assert.StartsWith("The stream cannot be loaded as a model: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_was_changed_is_named()
    {
        Save();
        byte[] whole = System.IO.File.ReadAllBytes(File);
        using (var archive = new ZipArchive(new MemoryStream(whole)))
        {
            // The check sum in the directory at the end.
            uint checksum = archive.GetEntry("TransformerChain/Model.key")?.Crc32 ?? archive.Entries[^1].Crc32;
            whole[whole.AsSpan().LastIndexOf(BitConverter.GetBytes(checksum))] ^= 1;
        }

        System.IO.File.WriteAllBytes(File, whole);
        var error = Assert.Throws<FormatException>(() => _ml.Model.LoadChecked(File, out _));
        Assert.StartsWith($"'{File}' cannot be loaded as a model: Its part '", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("' was changed since it was written.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_unpacks_to_more_than_it_says_is_not_unpacked_to_its_end()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream part = archive.CreateEntry("Schema").Open();
            part.Write(new byte[1 << 20]);
        }

        byte[] zip = stream.ToArray();
        zip[zip.AsSpan().LastIndexOf(BitConverter.GetBytes(1 << 20)) + 2] = 0;
        zip[zip.AsSpan().IndexOf(BitConverter.GetBytes(1 << 20)) + 2] = 0;
        Assert.Throws<FormatException>(() => _ml.Model.LoadChecked(new MemoryStream(zip), out _));
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        System.IO.File.WriteAllText(File, "no model");
        Assert.Throws<FormatException>(() => _ml.Model.LoadChecked(File, out _));

        using (ZipArchive archive = ZipFile.Open(_folder.File("other.zip"), ZipArchiveMode.Create))
        {
            archive.CreateEntry("readme.txt");
        }

        Assert.Throws<FormatException>(() => _ml.Model.LoadChecked(_folder.File("other.zip"), out _));
    }

    [Fact]
    public void A_step_that_cannot_be_made_says_why()
    {
        // A whole file, which nothing but the steps themselves can find fault with.
        _ml.Model.Save(Copy(), Rows().Schema, File);
        byte[] changed = new ZipMutator(System.IO.File.ReadAllBytes(File)).Map(part => part[..^1]);

        var error = Assert.Throws<FormatException>(() => _ml.Model.LoadChecked(new MemoryStream(changed), out _));
        Assert.DoesNotContain("class instantiation", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public void What_cannot_be_read_at_all_is_said_as_everywhere()
    {
        Assert.Throws<FileNotFoundException>(() => _ml.Model.LoadChecked(File, out _));
        Assert.Throws<ArgumentException>("filePath", () => _ml.Model.LoadChecked("", out _));
        Assert.Throws<ArgumentNullException>("stream", () => _ml.Model.LoadChecked((Stream)null!, out _));
        using var packed = new DeflateStream(new MemoryStream(), CompressionMode.Decompress);
        Assert.Throws<ArgumentException>("stream", () => _ml.Model.LoadChecked(packed, out _));
    }

    private IDataView Rows() => _ml.Data.LoadFromEnumerable([new ImageSource { ImagePath = "a.png" }]);

    private ITransformer Copy() => new TransformerChain<ITransformer>(_ml.Transforms.CopyColumns("Twin", "ImagePath").Fit(Rows()));

    private void Save() => _ml.Model.Save(Copy(), Rows().Schema, File);
}
