using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>Bytes of NumPy's formats, as numpy.save and numpy.savez write them.</summary>
internal static class NumpyFileDraft
{
    public static byte[] Array<T>(string type, T[] values, params int[] shape)
        where T : unmanaged => Array(Header(type, "False", shape), values);

    public static byte[] Array<T>(string header, T[] values, byte version = 1)
        where T : unmanaged
    {
        byte[] text = Encoding.ASCII.GetBytes(header + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. MemoryMarshal.AsBytes(values.AsSpan())];
    }

    public static string Header(string type, string fortranOrder, params int[] shape) =>
        $"{{'descr': '{type}', 'fortran_order': {fortranOrder}, 'shape': ({string.Concat(shape.Select(s => $"{s}, "))}), }}";

    public static byte[] Archive(params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using Stream stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return memory.ToArray();
    }
}
