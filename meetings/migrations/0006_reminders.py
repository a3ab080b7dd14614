"""When to remind, what was reminded of; the days an office starts with."""

import django.db.models.deletion
from django.db import migrations, models

# what, working days before, working days after: before a meeting, or around the last day of a task
RULES = (
    ("unanswered", [2, 1], []),
    ("papers", [3, 1], []),
    ("task", [2], [1, 5]),
)


def add(apps, schema_editor):
    rule = apps.get_model("meetings", "ReminderRule")
    for what, before, after in RULES:
        rule.objects.get_or_create(
            what=what, event_kind="", host=None, defaults={"days_before": before, "days_after": after}
        )


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0001_initial'),
        ('meetings', '0005_papers'),
        ('outbox', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReminderPause',
            fields=[
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reminder_pause', serialize=False, to='meetings.meeting', verbose_name='cuộc họp')),
            ],
            options={
                'verbose_name': 'cuộc họp không nhắc',
                'verbose_name_plural': 'cuộc họp không nhắc',
            },
        ),
        migrations.CreateModel(
            name='ReminderRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('unanswered', 'giấy mời chưa trả lời'), ('papers', 'tài liệu còn thiếu'), ('task', 'nhiệm vụ theo kết luận')], max_length=12, verbose_name='nhắc về')),
                ('event_kind', models.CharField(blank=True, choices=[('session_inaugural', 'Kỳ họp thứ nhất'), ('session_regular', 'Kỳ họp thường lệ'), ('session_thematic', 'Kỳ họp chuyên đề'), ('session_urgent', 'Kỳ họp giải quyết công việc phát sinh đột xuất'), ('standing_meeting', 'Phiên họp Thường trực HĐND'), ('explanation_session', 'Phiên giải trình'), ('question_session', 'Phiên chất vấn'), ('scrutiny_meeting', 'Họp thẩm tra của Ban'), ('joint_conference', 'Hội nghị liên tịch'), ('liaison_conference', 'Hội nghị giao ban Thường trực HĐND các cấp'), ('delegate_group_meeting', 'Họp Tổ đại biểu'), ('voter_contact', 'Hội nghị tiếp xúc cử tri'), ('citizen_reception', 'Tiếp công dân'), ('oversight_visit', 'Cuộc giám sát, khảo sát'), ('executive_meeting', 'Phiên họp UBND hằng tháng'), ('executive_weekly', 'Giao ban tuần UBND'), ('law_consultation', 'Hội nghị lấy ý kiến dự án luật'), ('coordination_review', 'Hội nghị sơ kết, tổng kết quy chế phối hợp'), ('other', 'Cuộc họp khác')], help_text='Bỏ trống: mọi loại.', max_length=30, verbose_name='loại cuộc họp')),
                ('days_before', models.JSONField(blank=True, default=list, verbose_name='nhắc trước')),
                ('days_after', models.JSONField(blank=True, default=list, verbose_name='nhắc sau hạn')),
                ('is_active', models.BooleanField(default=True, help_text='Bỏ chọn: không nhắc trong các trường hợp này.', verbose_name='có nhắc')),
                ('host', models.ForeignKey(blank=True, help_text='Bỏ trống: mọi cơ quan. Chọn HĐND thì dùng cho cả Thường trực và các Ban.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organization', verbose_name='cơ quan tổ chức')),
            ],
            options={
                'verbose_name': 'lịch nhắc việc',
                'verbose_name_plural': 'lịch nhắc việc',
                'ordering': ('what', 'event_kind', 'host'),
                'constraints': [models.UniqueConstraint(fields=('what', 'event_kind', 'host'), name='reminder_rule_once'), models.UniqueConstraint(condition=models.Q(('host', None)), fields=('what', 'event_kind'), name='reminder_rule_once_for_all', violation_error_message='Đã có lịch nhắc cho trường hợp này. Sửa dòng đã có thay vì thêm dòng mới.')],
            },
        ),
        migrations.CreateModel(
            name='ReminderSent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.CharField(max_length=254, verbose_name='địa chỉ')),
                ('sent_on', models.DateField(verbose_name='ngày nhắc')),
                ('conclusion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='meetings.conclusion', verbose_name='kết luận')),
                ('invitation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='meetings.invitation', verbose_name='giấy mời')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='meetings.agendaitem', verbose_name='nội dung')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbox.message', verbose_name='thư')),
            ],
            options={
                'verbose_name': 'lần nhắc',
                'verbose_name_plural': 'lần nhắc',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('conclusion__isnull', True), ('invitation__isnull', False), ('item__isnull', True)), models.Q(('conclusion__isnull', True), ('invitation__isnull', True), ('item__isnull', False)), models.Q(('conclusion__isnull', False), ('invitation__isnull', True), ('item__isnull', True)), _connector='OR'), name='reminder_of_one_thing'), models.UniqueConstraint(fields=('invitation', 'to', 'sent_on'), name='reminder_invitation_once'), models.UniqueConstraint(fields=('item', 'to', 'sent_on'), name='reminder_item_once'), models.UniqueConstraint(fields=('conclusion', 'to', 'sent_on'), name='reminder_conclusion_once')],
            },
        ),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
