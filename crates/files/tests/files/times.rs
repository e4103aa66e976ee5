//! Playing times are counted, not believed.

use files::{video_millis, voice_millis};

use crate::sample;

#[test]
fn each_amr_frame_is_20_milliseconds() {
    for frames in [1, 50, 3000] {
        assert_eq!(voice_millis(&sample::amr(frames)), Some(frames as u64 * 20));
        assert_eq!(voice_millis(&sample::amr_wide(frames)), Some(frames as u64 * 20));
    }
}

#[test]
fn amr_frames_of_mixed_modes_are_walked() {
    // 4.75 kbit/s, comfort noise, nothing transmitted, 12.2 kbit/s.
    let mut file = b"#!AMR\n".to_vec();
    for (header, size) in [(0x04, 12), (0x44, 5), (0x7c, 0), (0x3c, 31)] {
        file.push(header);
        file.extend(vec![0; size]);
    }
    assert_eq!(voice_millis(&file), Some(80));
}

#[test]
fn a_frame_cut_off_by_the_end_is_not_counted() {
    let amr = sample::amr(10);
    assert_eq!(voice_millis(&amr[..amr.len() - 1]), Some(180));
    let mp3 = sample::mp3(100);
    assert_eq!(voice_millis(&mp3[..mp3.len() - 1]), Some(99 * 1152 * 1000 / 44_100));
}

#[test]
fn amr_counting_stops_at_damage() {
    let damaged = [sample::amr(5), vec![0xff; 100]].concat();
    assert_eq!(voice_millis(&damaged), Some(100));
}

#[test]
fn mp3_time_is_the_sum_of_samples() {
    assert_eq!(voice_millis(&sample::mp3(100)), Some(2612)); // 115,200 samples at 44.1 kHz
    let tagged = [sample::id3(100), sample::mp3(100), b"TAG".to_vec(), vec![0; 125]].concat();
    assert_eq!(voice_millis(&tagged), Some(2612));
}

#[test]
fn mp3_of_half_the_rate_has_half_the_samples() {
    // MPEG-2, 64 kbit/s at 24 kHz: 192 bytes, 576 samples, 24 ms.
    let mut frame = [0; 192];
    frame[..4].copy_from_slice(&[0xff, 0xf3, 0x84, 0x00]);
    assert_eq!(voice_millis(&frame.repeat(50)), Some(1200));
    // MPEG-2.5, 8 kbit/s at 8 kHz: 72 bytes, 576 samples, 72 ms.
    let mut frame = [0; 72];
    frame[..4].copy_from_slice(&[0xff, 0xe3, 0x18, 0x00]);
    assert_eq!(voice_millis(&frame.repeat(50)), Some(3600));
}

#[test]
fn the_silent_index_frame_of_an_mp3_does_not_count() {
    for mark in [b"Xing", b"Info"] {
        let mut index = sample::mp3_frame();
        index[36..40].copy_from_slice(mark);
        assert_eq!(voice_millis(&[index, sample::mp3(100)].concat()), Some(2612));
    }
}

#[test]
fn damage_inside_an_mp3_is_skipped() {
    let damaged = [sample::mp3(50), vec![0x11; 777], sample::mp3(50)].concat();
    assert_eq!(voice_millis(&damaged), Some(2612));
}

#[test]
fn speex_time_is_the_last_position() {
    assert_eq!(voice_millis(&sample::speex(40_000)), Some(2500));
}

#[test]
fn what_is_no_voice_has_no_voice_time() {
    assert_eq!(voice_millis(&sample::mp4(1000, 5000)), None);
    assert_eq!(voice_millis(b""), None);
}

#[test]
fn video_time_is_duration_by_timescale() {
    assert_eq!(video_millis(&sample::mp4(1000, 5000)), Some(5000));
    assert_eq!(video_millis(&sample::mp4(90_000, 90_045)), Some(1000));
    assert_eq!(video_millis(&sample::mp4(600, u32::MAX - 1)), Some(7_158_278_823));
}

#[test]
fn a_video_header_of_64_bits_is_read() {
    let mut body = vec![1, 0, 0, 0];
    body.extend([0; 16]);
    body.extend(48_000_u32.to_be_bytes());
    body.extend((48_000_u64 * 60).to_be_bytes());
    body.extend([0; 80]);
    let moov = sample::mp4_box(*b"moov", &sample::mp4_box(*b"mvhd", &body));
    assert_eq!(video_millis(&[sample::ftyp(*b"mp42"), moov].concat()), Some(60_000));
}

#[test]
fn boxes_of_64_bits_and_up_to_the_end_are_walked() {
    let mut wide = [&[0, 0, 0, 1], &b"mdat"[..], &26_u64.to_be_bytes(), &[3; 10]].concat();
    let mut moov = sample::mp4_box(*b"moov", &sample::mvhd(1000, 1500));
    moov[..4].fill(0); // up to the end of the file
    wide.extend(moov);
    assert_eq!(video_millis(&[sample::ftyp(*b"isom"), wide].concat()), Some(1500));
}

#[test]
fn a_video_that_does_not_know_its_length_has_none() {
    for (timescale, duration) in [(0, 5000), (1000, 0), (1000, u32::MAX)] {
        assert_eq!(video_millis(&sample::mp4(timescale, duration)), None);
    }
    assert_eq!(video_millis(&sample::ftyp(*b"isom")), None);
    assert_eq!(video_millis(&sample::mp3(10)), None);
}
