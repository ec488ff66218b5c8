"""How far each address lets whom: all addresses of the site's own code stand here."""

from tests.cms.access.visitors import (
    ADMINISTRATORS,
    BY_ROLE,
    DOOR,
    EMPLOYEES,
    EVERYBODY,
    HEADS,
    HEADS_WRITE,
    IN_A_SECTION,
    INVITED,
    ITS_MAKER,
    LEADER,
    MEMBERS,
    OF_ANOTHER_SECTION,
    OF_THE_SECTION,
    OF_THE_SECTION_ALONE,
    ORGANISERS,
    OWN_ROW,
    OWN_UPLOAD,
    SEEN_IN_THE_SECTION,
    SIGNED_IN,
    Reach,
)

# By namespace, lists of the back office.
SPACES: dict[Reach, str] = {
    BY_ROLE: """
        venues rooms closing_days instructors partners series series_units
        civic_groups learning_paths stage_checks synonyms search_misses
        course_chooser instructor_chooser
    """,
    ADMINISTRATORS: """
        departments staff purpose_notices themes audiences stages competencies
        milestones wagtailusers_users
    """,
}
ADDRESSES: dict[Reach, str] = {
    EVERYBODY: """
        courses:course_feed courses:run_feed courses:session_file
        courses:stage_feed courses:theme_feed courses:venue_feed /healthz
        /readyz /robots.txt /sitemap.xml /manage/jsi18n/ news_feed
        catalogue_feed series_feed open_data_events_csv open_data_events_json
        open_data_facilities_csv social_card draw_verifier draw_data draw_list
        catalogue_atom application_feed personal_feed group_feed door_worker
        here application_here application_absence postcode apply series_apply
        series_application series_application_withdraw application
        application_withdraw application_questions application_companion
        application_calendar application_qr application_record
        application_certificate certificates certificate offer
        application_reminders application_wish_end reminders_stop held_again_ask
        held_again_asked held_again held_again_stop findings survey_done
        survey_stop survey_public survey survey_room how_recommended
        monthly_stop instructor_request instructor_request_own instructor_answer
        groups group_invitation_decline group self_check learning_requests
        learning_request_new learning_request_sent learning_voice
        learning_request join_request outreach_menu outreach_own outreach_entry
        outreach_ask calendar_subscriptions calendar_qr open_data catalogue
        suggest course venues venue_page instructors instructor_page
        partner_page joint_session path draw_record draw_number
        /^media/(?P<path>.+)$
    """,
    INVITED: """
        group_invitation
    """,
    SIGNED_IN: """
        my_data my_data_shown my_data_file
        my_profile my_record my_record_file my_recommendations my_page
        calendar_tokens my_instructor_requests group_new own_requests
        my_schedule
    """,
    EMPLOYEES: """
        my_training
    """,
    OWN_ROW: """
        held_again_stop_own my_findings my_survey calendar_token
        calendar_token_rotate calendar_token_revoke take_back_voice
    """,
    MEMBERS: """
        group_check_result group_record group_record_file group_leave
    """,
    ORGANISERS: """
        group_edit group_contact group_renew group_stage group_check_record
        group_certificate group_certificate_pdf group_activity
        group_activity_end group_path group_path_stop group_path_move group_send
        group_invite group_member group_remove
    """,
    LEADER: """
        group_hand_over group_apply_again group_dissolve
    """,
    DOOR: """
        door door_mark door_marks door_person door_clash door_code door_walk_in
        door_elsewhere door_made_up door_not_made_up door_heads door_key
        door_wall
    """,
    BY_ROLE: """
        manage_runs manage_courses manage_course manage_import_discard
        manage_imports manage_imports_new manage_imports_example manage_exports
    """,
    IN_A_SECTION: """
        manage_nominations manage_nominate manage_support_section
        manage_letters_section manage_letters_print manage_letters_settle
        manage_milestones_reached manage_certificates manage_messages
        manage_messages_retry manage_requests manage_request_new manage_request
        manage_outreach manage_outreach_menu manage_instructor_requests
        manage_instructor_request_new manage_course_new manage_open_data
        manage_course_templates manage_bulletin manage_import manage_export
    """,
    OF_THE_SECTION: """
        manage_run manage_applications manage_application_new manage_draw
        manage_same_names manage_swap manage_questions manage_ways_in
        manage_screening manage_support manage_prints manage_print_page
        manage_print_pdf manage_report manage_report_page manage_report_pdf
        manage_letters manage_completion manage_completion_person
        manage_certificate_of_attendance manage_certificates_issue
        manage_certificates_print manage_certificate manage_certificate_pdf
        manage_follow_up manage_findings manage_findings_of_session
        manage_tables manage_tables_of_session manage_table_person
        manage_surveys manage_survey_new manage_survey_template_remove
        manage_survey manage_survey_edit manage_survey_remove
        manage_survey_publish manage_survey_act manage_survey_csv
        manage_survey_send manage_survey_screen manage_survey_paper
        manage_survey_entry manage_attendances manage_waiting_list
        manage_run_cancel manage_run_postpone manage_run_hold manage_refunds
        manage_refund_settle manage_offer_answer manage_offer_take_back
        manage_line_move manage_line_pass manage_participant
        manage_session_make_up manage_application manage_application_correct
        manage_application_receipt manage_application_receipt_pdf
        manage_attendance manage_session_cancel manage_session_reinstate
        manage_message_history manage_outreach_entry manage_outreach_new
        manage_outreach_one manage_course_edit manage_course_preview
        manage_flyer manage_course_changes
        manage_course_ask manage_course_take_back manage_course_unschedule
        manage_run_new manage_run_edit manage_run_changes
        manage_findings_publish manage_run_exports
    """,
    OF_ANOTHER_SECTION: """
        manage_series_entry manage_units_cancel
        manage_series_completion manage_series_certificates_print
        manage_instructor_request
    """,
    OF_THE_SECTION_ALONE: """
        manage_support_act manage_message_settle
    """,
    SEEN_IN_THE_SECTION: """
        manage_course_template_delete
    """,
    HEADS_WRITE: """
        manage_course_schedule
    """,
    HEADS: """
        manage_person_data manage_run_announce manage_course_publish
        manage_approvals manage_course_approval manage_access_log
    """,
    ADMINISTRATORS: """
        manage_training manage_wordings manage_wording
    """,
    OWN_UPLOAD: """
        manage_import_plan manage_import_apply
    """,
    ITS_MAKER: """
        manage_imports_one manage_imports_refused manage_imports_reading
        manage_imports_plan manage_imports_columns manage_imports_apply
        manage_imports_undo manage_imports_discard manage_export_job
        manage_export_file manage_export_act
    """,
}


def rows(table: dict[Reach, str]) -> dict[str, Reach]:
    return {name: reach for reach, names in table.items() for name in names.split()}
